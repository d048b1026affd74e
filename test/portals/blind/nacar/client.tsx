/** @jsxImportSource react */
import {
  Alert, Box, Button, Card, CardActionArea, CardContent, Checkbox, CircularProgress, Container, FormControl, FormControlLabel, Grid, InputLabel,
  MenuItem, Paper, Radio, RadioGroup, Select, Snackbar, Step, StepLabel, Stepper, TextField, Typography
} from "@mui/material"
import { type ReactNode, useState } from "react"
import { createRoot } from "react-dom/client"

interface Option { clave: string; texto: string }
const post = async (path: string, body: unknown) => (await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json()

const CheckIcon = () => <svg data-testid="CheckCircleIcon" className="MuiSvgIcon-root" width="20" viewBox="0 0 24 24"><path fill="currentColor" d="M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2m-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8z" /></svg>
const steps = ["Operación", "Lugar de consumo", "Datos de ticket", "Datos de facturación", "Confirmación"]
const cities = ["Culiacán", "Los Mochis", "Mazatlán", "Guadalajara", "La Paz"]

const Choice = (props: { label: string; value: string; options: ReadonlyArray<Option>; onChange: (value: string) => void; disabled?: boolean }) => (
  <FormControl fullWidth margin="dense" disabled={props.disabled ?? false}>
    <InputLabel>{props.label}</InputLabel>
    <Select value={props.value} label={props.label} onChange={(event) => props.onChange(event.target.value)}>
      {props.options.map(({ clave, texto }) => <MenuItem key={clave} value={clave}>{texto}</MenuItem>)}
    </Select>
  </FormControl>
)

const App = () => {
  const [step, setStep] = useState(0)
  const [operation, setOperation] = useState("")
  const [city, setCity] = useState("")
  const [id, setId] = useState("")
  const [total, setTotal] = useState("")
  const [ticket, setTicket] = useState<{ fecha: string; sucursal: string; total: string }>()
  const [message, setMessage] = useState<{ text: string; kind: "error" | "info" | "success" }>()
  const [busy, setBusy] = useState(false)
  const [client, setClient] = useState({ rfc: "", nombre: "", cp: "", regimen: "", uso: "", forma: "", correo: "" })
  const [searched, setSearched] = useState(false)
  const [lists, setLists] = useState<{ regimenes: ReadonlyArray<Option>; usos: ReadonlyArray<Option>; formas: ReadonlyArray<Option> }>({ regimenes: [], usos: [], formas: [] })
  const [news, setNews] = useState(true)
  const [end, setEnd] = useState("")
  const put = (field: keyof typeof client) => (value: string) => setClient((now) => ({ ...now, [field]: value }))
  const during = async (act: () => Promise<void>) => { setBusy(true); try { await act() } finally { setBusy(false) } }

  const consult = () => during(async () => {
    const reply = await post("/api/ticket/consultar", { ciudad: city, id, total })
    if (reply.ok) { setTicket(reply.ticket); setMessage({ text: "Ticket localizado", kind: "success" }) }
    else { setTicket(undefined); setMessage({ text: reply.mensaje, kind: "error" }) }
  })
  const search = () => during(async () => {
    const reply = await post("/api/cliente/buscar", { rfc: client.rfc })
    if (!reply.ok) return setMessage({ text: reply.mensaje, kind: "error" })
    setLists(reply.listas)
    setSearched(true)
    setClient((now) => ({ ...now, nombre: "", cp: "", regimen: "", uso: "", forma: reply.forma, correo: "" }))
    setMessage({ text: "Cliente nuevo. Captura los datos de tu constancia.", kind: "info" })
  })
  const invoice = () => during(async () => {
    const reply = await post("/api/factura/generar", { ciudad: city, id, total, ...client, noticias: news })
    if (reply.ok) setEnd(reply.mensaje)
    else { setMessage({ text: reply.mensaje, kind: "error" }); if (reply.paso !== undefined) setStep(reply.paso) }
  })
  const full = searched && client.nombre && /^\d{5}$/.test(client.cp) && client.regimen && client.uso && client.forma && /\S+@\S+\.\S+/.test(client.correo)
  const can = [operation === "generar", city !== "", ticket !== undefined, Boolean(full), false][step]
  const row = (name: string, value: ReactNode) => <Grid container sx={{ py: 0.5 }}><Grid size={4}><Typography color="text.secondary">{name}</Typography></Grid><Grid size={8}><Typography>{value}</Typography></Grid></Grid>

  if (end !== "") return (
    <Container maxWidth="sm" sx={{ mt: 8, textAlign: "center" }}><Paper sx={{ p: 5 }}><Box sx={{ color: "success.main" }}><CheckIcon /></Box><Typography variant="h5">¡Listo!</Typography><Typography sx={{ my: 2 }}>{end}</Typography><Button variant="outlined" onClick={() => location.reload()}>Facturar otro ticket</Button></Paper></Container>
  )
  return (
    <Container maxWidth="md" sx={{ mt: 4 }}>
      <Typography variant="h4" align="center" gutterBottom>Restaurantes Nácar</Typography>
      <Stepper activeStep={step} alternativeLabel sx={{ mb: 3 }}>{steps.map((label) => <Step key={label}><StepLabel>{label}</StepLabel></Step>)}</Stepper>
      <Paper sx={{ p: 3 }}>
        {step === 0 && <Grid container spacing={2}>{[["generar", "Generar Factura", "Obtén el CFDI de tu consumo"], ["consultar", "Consultar Factura", "Reenvía una factura emitida"], ["datos", "Actualizar mis datos", "Modifica tu registro de cliente"]].map(([key, title, text]) => (
          <Grid size={4} key={key}><Card variant="outlined" sx={{ borderColor: operation === key ? "primary.main" : undefined, borderWidth: 2 }}><CardActionArea onClick={() => setOperation(key ?? "")}><CardContent><Typography variant="h6">{title}</Typography><Typography variant="body2">{text}</Typography></CardContent></CardActionArea></Card></Grid>))}</Grid>}
        {step === 1 && <RadioGroup value={city} onChange={(event) => { setCity(event.target.value); setTicket(undefined) }}>{cities.map((name) => <FormControlLabel key={name} value={name} control={<Radio />} label={name} />)}</RadioGroup>}
        {step === 2 && <Box>
          <TextField fullWidth margin="dense" label="ID Facturación" value={id} onChange={(event) => { setId(event.target.value); setTicket(undefined) }} />
          <TextField fullWidth margin="dense" label="Total de compra" value={total} onChange={(event) => { setTotal(event.target.value.replace(/[^\d.]/g, "")); setTicket(undefined) }} />
          <Button variant="outlined" sx={{ mt: 1 }} onClick={consult} disabled={busy || id === "" || total === ""}>Consultar ticket</Button>
          {ticket && <Box sx={{ mt: 2 }}>{row("Sucursal", ticket.sucursal)}{row("Fecha", ticket.fecha)}{row("Total", `$${ticket.total}`)}</Box>}
        </Box>}
        {step === 3 && <Box>
          <Grid container spacing={2} sx={{ alignItems: "center" }}><Grid size={8}><TextField fullWidth margin="dense" label="RFC" value={client.rfc} onChange={(event) => { put("rfc")(event.target.value.toUpperCase()); setSearched(false) }} slotProps={{ htmlInput: { maxLength: 13 } }} /></Grid><Grid size={4}><Button variant="contained" onClick={search} disabled={busy || client.rfc.length < 12}>Buscar cliente</Button></Grid></Grid>
          <TextField fullWidth margin="dense" label="Razón Social" value={client.nombre} disabled={!searched} onChange={(event) => put("nombre")(event.target.value)} />
          <TextField fullWidth margin="dense" label="C.P." value={client.cp} disabled={!searched} onChange={(event) => put("cp")(event.target.value)} />
          <Choice label="Régimen fiscal" value={client.regimen} options={lists.regimenes} onChange={put("regimen")} disabled={!searched} />
          <Choice label="Uso CFDI" value={client.uso} options={lists.usos} onChange={put("uso")} disabled={!searched} />
          <Choice label="Forma Pago" value={client.forma} options={lists.formas} onChange={put("forma")} disabled={!searched} />
          <TextField fullWidth margin="dense" label="Correo" value={client.correo} disabled={!searched} onChange={(event) => put("correo")(event.target.value)} />
          <FormControlLabel control={<Checkbox checked={news} onChange={(event) => setNews(event.target.checked)} />} label="Quiero recibir promociones de Nácar" />
        </Box>}
        {step === 4 && <Box><Typography variant="h6">Verifica tu información</Typography>{row("Ticket", id)}{row("Total", `$${ticket?.total}`)}{row("RFC", client.rfc)}{row("Razón Social", client.nombre.toUpperCase())}{row("C.P.", client.cp)}{row("Régimen fiscal", client.regimen)}{row("Uso CFDI", client.uso)}{row("Correo", client.correo)}
          <Button variant="contained" sx={{ mt: 2 }} startIcon={busy ? <CircularProgress size={16} /> : <CheckIcon />} disabled={busy} onClick={invoice}>FACTURAR</Button></Box>}
      </Paper>
      <Box sx={{ display: "flex", justifyContent: "space-between", mt: 2 }}><Button disabled={step === 0} onClick={() => setStep(step - 1)}>ATRÁS</Button>{step < 4 && <Button variant="contained" disabled={!can || busy} onClick={() => setStep(step + 1)}>SIGUIENTE</Button>}</Box>
      <Snackbar open={message !== undefined} autoHideDuration={9000} onClose={(_, why) => { if (why !== "clickaway") setMessage(undefined) }} anchorOrigin={{ vertical: "top", horizontal: "center" }}>{message ? <Alert severity={message.kind} onClose={() => setMessage(undefined)}>{message.text}</Alert> : <span />}</Snackbar>
    </Container>
  )
}
const root = document.getElementById("__next")
if (root) createRoot(root).render(<App />)
