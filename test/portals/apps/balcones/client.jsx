import { Alert, Box, Button, Step, StepLabel, Stepper, TextField, Typography } from "@mui/material"
import { useState } from "react"
import { createRoot } from "react-dom/client"
import { Huesped } from "./Huesped.jsx"

const enviar = async (ruta, datos) => {
  const respuesta = await fetch(ruta, { method: "POST", body: JSON.stringify(datos) })
  return respuesta.json()
}

const App = () => {
  const [paso, setPaso] = useState(0)
  const [estancia, setEstancia] = useState({ reserva: "", cuarto: "", salida: "", cargo: "" })
  const [mensaje, setMensaje] = useState("")
  const [uuid, setUuid] = useState("")
  const caja = (campo, label, mas) => (
    <TextField
      label={label}
      value={estancia[campo]}
      onChange={(evento) => setEstancia({ ...estancia, [campo]: evento.target.value })}
      {...mas}
    />
  )
  const localizar = async () => {
    const respuesta = await enviar("/factura/estancia", estancia)
    setMensaje(respuesta.mensaje)
    if (respuesta.ok) setPaso(1)
  }
  const facturar = async (huesped) => {
    const respuesta = await enviar("/factura/emitir", { ...estancia, ...huesped })
    setMensaje(respuesta.mensaje)
    if (!respuesta.ok) return
    setUuid(respuesta.uuid)
    setPaso(2)
  }
  return (
    <Box sx={{ maxWidth: 820, mx: "auto", my: 2, p: 4, bgcolor: "#fff" }}>
      <Stepper activeStep={paso} sx={{ mb: 3 }}>
        {["Estancia", "Huésped", "Comprobante"].map((titulo) => (
          <Step key={titulo}>
            <StepLabel>{titulo}</StepLabel>
          </Step>
        ))}
      </Stepper>
      {mensaje && (
        <Alert severity={paso === 2 ? "success" : "warning"} sx={{ mb: 3 }}>
          {mensaje}
        </Alert>
      )}
      {paso === 0 && (
        <Box sx={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 3 }}>
          {caja("reserva", "Clave de reservación", { required: true })}
          {caja("cuarto", "Habitación", { required: true })}
          {caja("salida", "Fecha de salida", { required: true, placeholder: "DD-MM-AAAA" })}
          {caja("cargo", "Total de la cuenta", { required: true })}
          <Button variant="contained" onClick={localizar}>
            Localizar estancia
          </Button>
        </Box>
      )}
      {paso === 1 && <Huesped alFacturar={facturar} />}
      {paso === 2 && (
        <>
          <Typography sx={{ mb: 2 }}>Folio fiscal {uuid}</Typography>
          <Button href={`/factura/archivo?uuid=${uuid}&ext=pdf`} target="_blank">
            Comprobante PDF
          </Button>
          <Button href={`/factura/archivo?uuid=${uuid}&ext=xml`} target="_blank">
            Comprobante XML
          </Button>
        </>
      )}
    </Box>
  )
}

createRoot(document.getElementById("root")).render(<App />)
