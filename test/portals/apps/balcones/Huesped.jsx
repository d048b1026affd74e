import { Autocomplete, Box, Button, Checkbox, FormControlLabel, MenuItem, TextField } from "@mui/material"
import { useEffect, useState } from "react"

const vacio = {
  rfc: "",
  nombre: "",
  cp: "",
  regimen: null,
  uso: null,
  correo: "",
  telefono: "",
  motivo: "",
  cliente: ""
}
const obligatorios = Object.keys(vacio).filter((campo) => campo !== "cliente")

export const Huesped = ({ alFacturar }) => {
  const [datos, setDatos] = useState(vacio)
  const [errores, setErrores] = useState([])
  const [listas, setListas] = useState({ regimenes: [], usos: [] })
  const [enviando, setEnviando] = useState(false)
  useEffect(() => {
    fetch("/factura/listas")
      .then((r) => r.json())
      .then(setListas)
  }, [])
  const poner = (campo) => (valor) => setDatos((antes) => ({ ...antes, [campo]: valor }))
  const caja = (campo, label, mas) => (
    <TextField
      label={label}
      value={datos[campo]}
      onChange={(evento) => poner(campo)(evento.target.value)}
      error={errores.includes(campo)}
      helperText={errores.includes(campo) ? "Este dato es obligatorio" : " "}
      {...mas}
    />
  )
  const lista = (campo, label, opciones) => (
    <Autocomplete
      options={opciones}
      value={datos[campo]}
      onChange={(_, valor) => poner(campo)(valor)}
      renderInput={(params) => (
        <TextField {...params} label={label} required error={errores.includes(campo)} helperText=" " />
      )}
    />
  )
  const emitir = async () => {
    const vacios = obligatorios.filter((campo) => !datos[campo])
    setErrores(vacios)
    if (vacios.length > 0) return
    setEnviando(true)
    await alFacturar(datos)
    setEnviando(false)
  }
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 3, rowGap: 1 }}>
      {caja("rfc", "RFC", { required: true })}
      {caja("nombre", "Nombre o razón social", { required: true })}
      {caja("cp", "Código postal", { required: true })}
      {lista("regimen", "Régimen fiscal", listas.regimenes)}
      {lista("uso", "Uso de CFDI", listas.usos)}
      {caja("correo", "Correo electrónico", { required: true })}
      {caja("telefono", "Teléfono", { required: true, placeholder: "10 dígitos" })}
      {caja("motivo", "Motivo de viaje", {
        required: true,
        select: true,
        children: ["Negocios", "Placer", "Estudios", "Salud", "Otro"].map((motivo) => (
          <MenuItem key={motivo} value={motivo}>
            {motivo}
          </MenuItem>
        ))
      })}
      {caja("cliente", "Número de cliente (opcional)")}
      <FormControlLabel
        control={<Checkbox />}
        label="Donar $10.00 a la fundación Balcones (se carga en tu próxima visita)"
      />
      <Button variant="contained" color="warning" onClick={emitir} disabled={enviando}>
        Emitir factura
      </Button>
    </Box>
  )
}
