import { Alert, Autocomplete, Box, Button, Checkbox, FormControlLabel, TextField, Typography } from "@mui/material"
import { DatePicker } from "@mui/x-date-pickers"
import { useEffect, useState } from "react"
import { Confirmar } from "./Confirmar.jsx"
import { Eleccion } from "./Eleccion.jsx"

const vacio = {
  farmacia: null,
  folio: "",
  fecha: null,
  importe: "",
  rfc: "",
  razon: "",
  cp: "",
  regimen: "",
  uso: "",
  correo: "",
  correo2: "",
  acepto: false,
  boletin: false
}

const faltantes = (datos) => {
  const errores = {}
  for (const campo of ["folio", "importe", "rfc", "razon", "cp", "regimen", "uso", "correo"]) {
    if (!datos[campo].trim()) errores[campo] = "Este campo es requerido"
  }
  if (!datos.farmacia) errores.farmacia = "Seleccione una farmacia"
  if (!datos.fecha?.isValid()) errores.fecha = "Fecha no válida"
  if (!/^\d{5}$/.test(datos.cp)) errores.cp = "Capture 5 dígitos"
  if (datos.correo !== datos.correo2) errores.correo2 = "Los correos no coinciden"
  return errores
}

const pedir = (ruta) => fetch(ruta).then((respuesta) => respuesta.json())

export const Formulario = ({ alTerminar }) => {
  const [datos, setDatos] = useState(vacio)
  const [errores, setErrores] = useState({})
  const [aviso, setAviso] = useState("")
  const [abierto, setAbierto] = useState(false)
  const [enviando, setEnviando] = useState(false)
  const [farmacias, setFarmacias] = useState([])
  const [regimenes, setRegimenes] = useState([])
  const [usos, setUsos] = useState([])
  const poner = (campo) => (valor) => setDatos((antes) => ({ ...antes, [campo]: valor }))
  const texto = (campo, label, mas = {}) => (
    <TextField
      label={label}
      value={datos[campo]}
      onChange={(evento) => poner(campo)(evento.target.value)}
      error={campo in errores}
      helperText={errores[campo] ?? mas.ayuda ?? " "}
      size="small"
      fullWidth
      slotProps={{ htmlInput: { autoComplete: "off", onPaste: mas.sinPegar && ((evento) => evento.preventDefault()) } }}
    />
  )
  useEffect(() => {
    pedir("/api/farmacias").then(setFarmacias)
    pedir("/api/catalogos/regimenes").then(setRegimenes)
  }, [])
  useEffect(() => {
    setDatos((antes) => ({ ...antes, uso: "" }))
    if (datos.regimen) pedir(`/api/catalogos/usos/${datos.regimen}`).then(setUsos)
  }, [datos.regimen])

  const revisar = () => {
    setAviso("")
    const encontrados = faltantes(datos)
    setErrores(encontrados)
    if (Object.keys(encontrados).length === 0) setAbierto(true)
  }
  const enviar = async () => {
    setEnviando(true)
    const respuesta = await fetch("/api/comprobantes", {
      method: "POST",
      body: JSON.stringify({ ...datos, farmacia: datos.farmacia.id, fecha: datos.fecha.format("YYYY-MM-DD") })
    })
    const cuerpo = await respuesta.json()
    setEnviando(false)
    setAbierto(false)
    if (respuesta.ok) return alTerminar(cuerpo)
    if (cuerpo.campo) setErrores({ [cuerpo.campo]: cuerpo.detalle })
    else setAviso(cuerpo.detalle)
    window.scrollTo(0, 0)
  }

  return (
    <Box sx={{ p: 4 }}>
      {aviso && (
        <Alert severity="error" sx={{ mb: 3 }} onClose={() => setAviso("")}>
          {aviso}
        </Alert>
      )}
      <Typography variant="h6">Datos de su compra</Typography>
      <Box sx={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 3, rowGap: 1, my: 2 }}>
        <Autocomplete
          options={farmacias}
          getOptionLabel={(opcion) => opcion.nombre}
          value={datos.farmacia}
          onChange={(_, valor) => poner("farmacia")(valor)}
          noOptionsText="Sin coincidencias"
          renderInput={(params) => (
            <TextField
              {...params}
              label="Farmacia"
              size="small"
              error={"farmacia" in errores}
              helperText={errores.farmacia ?? " "}
            />
          )}
        />
        {texto("folio", "Folio de venta", { ayuda: "Aparece bajo el código de barras" })}
        <DatePicker
          label="Fecha de compra"
          value={datos.fecha}
          onChange={poner("fecha")}
          disableFuture
          slotProps={{ textField: { size: "small", error: "fecha" in errores, helperText: errores.fecha ?? " " } }}
        />
        {texto("importe", "Total pagado")}
      </Box>
      <Typography variant="h6">Datos de facturación</Typography>
      <Box sx={{ display: "grid", gridTemplateColumns: "1fr 1fr", columnGap: 3, rowGap: 1, my: 2 }}>
        {texto("rfc", "R.F.C.")}
        {texto("razon", "Denominación o razón social", { ayuda: "Sin S.A. de C.V., S. de R.L., etc." })}
        {texto("cp", "C.P. del domicilio fiscal")}
        <Eleccion campo="regimen" label="Régimen" {...{ datos, errores, poner }} opciones={regimenes} />
        <Eleccion campo="uso" label="Uso que dará al comprobante" {...{ datos, errores, poner }} opciones={usos} />
        <span />
        {texto("correo", "Correo electrónico")}
        {texto("correo2", "Confirme su correo electrónico", { sinPegar: true })}
      </Box>
      <FormControlLabel
        control={<Checkbox checked={datos.boletin} onChange={(evento) => poner("boletin")(evento.target.checked)} />}
        label="Inscribirme al Monedero Salud y recibir sus promociones"
      />
      <FormControlLabel
        control={<Checkbox checked={datos.acepto} onChange={(evento) => poner("acepto")(evento.target.checked)} />}
        label="Acepto los términos y condiciones del servicio de facturación"
      />
      <Box sx={{ textAlign: "right", mt: 2 }}>
        <Button variant="contained" size="large" disabled={!datos.acepto} onClick={revisar}>
          Solicitar factura
        </Button>
      </Box>
      <Confirmar
        abierto={abierto}
        datos={datos}
        enviando={enviando}
        alCerrar={() => setAbierto(false)}
        alConfirmar={enviar}
      />
    </Box>
  )
}
