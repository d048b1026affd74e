import Alert from "@mui/material/Alert"
import AppBar from "@mui/material/AppBar"
import Button from "@mui/material/Button"
import CircularProgress from "@mui/material/CircularProgress"
import Container from "@mui/material/Container"
import Grid from "@mui/material/Grid"
import IconButton from "@mui/material/IconButton"
import MenuItem from "@mui/material/MenuItem"
import Paper from "@mui/material/Paper"
import Snackbar from "@mui/material/Snackbar"
import Table from "@mui/material/Table"
import TableBody from "@mui/material/TableBody"
import TableCell from "@mui/material/TableCell"
import TableHead from "@mui/material/TableHead"
import TableRow from "@mui/material/TableRow"
import TextField from "@mui/material/TextField"
import Toolbar from "@mui/material/Toolbar"
import Typography from "@mui/material/Typography"
import { AdapterDayjs } from "@mui/x-date-pickers/AdapterDayjs"
import { DatePicker } from "@mui/x-date-pickers/DatePicker"
import { LocalizationProvider } from "@mui/x-date-pickers/LocalizationProvider"
import type { Dayjs } from "dayjs"
import "dayjs/locale/es"
import { type FormEvent, useEffect, useState } from "react"
import { createRoot } from "react-dom/client"

type Fields = Record<string, string>
interface Option {
  readonly id: string | number
  readonly nombre: string
}

const api = async (path: string, body?: unknown) =>
  (await fetch(`/api/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json()

const Choice = ({ label, name, onPick, options, value }: { label: string; name: string; value: string; options: ReadonlyArray<{ value: string; text: string }>; onPick: (value: string) => void }) => (
  <TextField select fullWidth required variant="outlined" label={label} name={name} value={value} onChange={(e) => onPick(e.target.value)} slotProps={{ select: { SelectDisplayProps: { id: `mui-${name}` } } }}>
    {options.map(({ text, value }) => (
      <MenuItem key={value} value={value}>{text}</MenuItem>
    ))}
  </TextField>
)

const Login = ({ onDone }: { onDone: () => void }) => {
  const [error, setError] = useState("")
  const enter = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    setError("")
    const answer = await api("login", Object.fromEntries(new FormData(e.currentTarget)))
    if (answer.ok) onDone()
    else setError(answer.message)
  }
  return (
    <Container maxWidth="xs" sx={{ mt: 8 }}>
      <Paper sx={{ p: 4 }}>
        <Typography component="h1" variant="h5">Casetas Culhuara</Typography>
        <Typography variant="body2">Accede para facturar tus cruces</Typography>
        <form onSubmit={enter} noValidate>
          <TextField margin="normal" required fullWidth label="Usuario" name="usuario" autoComplete="username" />
          <TextField margin="normal" required fullWidth label="Contraseña" name="password" type="password" autoComplete="current-password" />
          {error && <Alert severity="error">{error}</Alert>}
          <Button type="submit" fullWidth variant="contained" sx={{ mt: 2 }}>Iniciar sesión</Button>
        </form>
        <Button size="small" sx={{ mt: 2 }} href="/login#registro">Crear cuenta</Button>
        <Button size="small" sx={{ mt: 2 }} href="/login#recuperar">Olvidé mi contraseña</Button>
      </Paper>
    </Container>
  )
}

const Invoice = ({ onDone }: { onDone: () => void }) => {
  const [lists, setLists] = useState<Record<string, ReadonlyArray<Option>>>({ casetas: [], regimenes: [], usos: [] })
  const [ticket, setTicket] = useState<Fields>({ caseta: "", carril: "", folio: "", amount: "" })
  const [day, setDay] = useState<Dayjs | null>(null)
  const [crossing, setCrossing] = useState<Fields>()
  const [buyer, setBuyer] = useState<Fields>({})
  const [error, setError] = useState("")
  const [busy, setBusy] = useState(false)
  useEffect(() => void api("catalogos").then(setLists), [])
  const typed = (set: typeof setTicket) => (e: { target: { name: string; value: string } }) => set((all) => ({ ...all, [e.target.name]: e.target.value }))
  const ask = async (path: string, body: unknown) => {
    setBusy(true)
    setError("")
    const answer = await api(path, body)
    setBusy(false)
    if (!answer.ok) setError(answer.message)
    return answer
  }
  const look = async (e: FormEvent) => {
    e.preventDefault()
    const answer = await ask("cruces", { ...ticket, fecha: day?.isValid() ? day.format("YYYY-MM-DD") : "" })
    if (!answer.ok) return
    setCrossing(answer.cruce)
    setBuyer({ ...answer.receptor, uso: "" })
  }
  const stamp = async (e: FormEvent) => {
    e.preventDefault()
    if ((await ask("facturas", buyer)).ok) onDone()
  }
  const text = (name: string, label: string, values: Fields, set: typeof setTicket, more: { readonly readOnly?: boolean } = {}) => (
    <TextField fullWidth required label={label} name={name} value={values[name] ?? ""} onChange={typed(set)} autoComplete="off" slotProps={{ htmlInput: more }} />
  )
  return (
    <Paper sx={{ p: 3, mt: 3 }}>
      {crossing === undefined ? (
        <form onSubmit={look} noValidate>
          <Typography variant="h6" gutterBottom>Datos del cruce</Typography>
          <Grid container spacing={2}>
            <Grid size={6}><Choice label="Caseta" name="caseta" value={ticket["caseta"] ?? ""} options={(lists["casetas"] ?? []).map(({ nombre }) => ({ value: nombre, text: nombre }))} onPick={(caseta) => setTicket((all) => ({ ...all, caseta }))} /></Grid>
            <Grid size={6}>{text("carril", "Carril", ticket, setTicket)}</Grid>
            <Grid size={4}>{text("folio", "Folio", ticket, setTicket)}</Grid>
            <Grid size={4}>{text("amount", "Monto", ticket, setTicket)}</Grid>
            <Grid size={4}><DatePicker label="Fecha del cruce" format="DD/MM/YYYY" value={day} onChange={(value) => setDay(value)} disableFuture slotProps={{ textField: { fullWidth: true, name: "fecha" } }} /></Grid>
          </Grid>
          {error && <Alert severity="error" sx={{ mt: 2 }}>{error}</Alert>}
          <Button type="submit" variant="contained" disabled={busy} sx={{ mt: 2 }}>{busy ? <CircularProgress size={22} /> : "Consultar"}</Button>
        </form>
      ) : (
        <form onSubmit={stamp} noValidate>
          <Typography variant="h6" gutterBottom>Datos fiscales</Typography>
          <Typography variant="body2" gutterBottom>Folio {crossing["folio"]}, {crossing["caseta"]}, ${crossing["total"]}</Typography>
          <Grid container spacing={2}>
            <Grid size={4}>{text("rfc", "RFC", buyer, setBuyer)}</Grid>
            <Grid size={8}>{text("nombre", "Nombre / Razón social", buyer, setBuyer)}</Grid>
            <Grid size={4}>{text("cp", "Código postal", buyer, setBuyer)}</Grid>
            <Grid size={8}><Choice label="Régimen fiscal" name="regimen" value={buyer["regimen"] ?? ""} options={(lists["regimenes"] ?? []).map(({ id, nombre }) => ({ value: String(id), text: nombre }))} onPick={(regimen) => setBuyer((all) => ({ ...all, regimen }))} /></Grid>
            <Grid size={6}><Choice label="Uso del CFDI" name="uso" value={buyer["uso"] ?? ""} options={(lists["usos"] ?? []).map(({ id, nombre }) => ({ value: String(id), text: nombre }))} onPick={(uso) => setBuyer((all) => ({ ...all, uso }))} /></Grid>
            <Grid size={6}>{text("correo", "Correo electrónico", buyer, setBuyer)}</Grid>
          </Grid>
          {error && <Alert severity="error" sx={{ mt: 2 }}>{error}</Alert>}
          <Button sx={{ mt: 2 }} onClick={() => setCrossing(undefined)}>Regresar</Button>
          <Button type="submit" variant="contained" disabled={busy} sx={{ mt: 2 }}>{busy ? <CircularProgress size={22} /> : "Generar factura"}</Button>
        </form>
      )}
    </Paper>
  )
}

const Invoices = () => {
  const [rows, setRows] = useState<ReadonlyArray<{ uuid: string; folio: string; total: string }>>([])
  useEffect(() => void api("facturas").then(setRows), [])
  const get = async (uuid: string) => {
    const blob = await (await fetch(`/api/facturas/${uuid}/zip`)).blob()
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = `${uuid}.zip`
    link.click()
  }
  return (
    <Paper sx={{ p: 3, mt: 3 }}>
      <Typography variant="h6">Mis facturas</Typography>
      <Table size="small">
        <TableHead><TableRow><TableCell>Folio</TableCell><TableCell>UUID</TableCell><TableCell>Total</TableCell><TableCell>Archivos</TableCell></TableRow></TableHead>
        <TableBody>
          {rows.map(({ folio, total, uuid }) => (
            <TableRow key={uuid}>
              <TableCell>{folio}</TableCell><TableCell>{uuid}</TableCell><TableCell>${total}</TableCell>
              <TableCell><IconButton onClick={() => get(uuid)} title="Descargar"><svg width="22" height="22" viewBox="0 0 24 24"><path d="M5 20h14v-2H5v2zM19 9h-4V3H9v6H5l7 7 7-7z" /></svg></IconButton></TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  )
}

const App = () => {
  const [signedIn, setSignedIn] = useState<boolean>()
  const [page, setPage] = useState(location.pathname === "/facturas" ? "facturas" : "facturar")
  const [notice, setNotice] = useState(false)
  useEffect(() => void api("sesion").then(({ activa }) => setSignedIn(activa)), [])
  const go = (to: string) => {
    history.pushState(null, "", `/${to}`)
    setPage(to)
  }
  if (signedIn === undefined) return <CircularProgress />
  if (!signedIn) return <Login onDone={() => { setSignedIn(true); go("facturar") }} />
  return (
    <LocalizationProvider dateAdapter={AdapterDayjs} adapterLocale="es">
      <AppBar position="static"><Toolbar><Typography variant="h6" sx={{ flexGrow: 1 }}>Casetas Culhuara</Typography><Button color="inherit" onClick={() => go("facturar")}>Facturar</Button><Button color="inherit" onClick={() => go("facturas")}>Mis facturas</Button></Toolbar></AppBar>
      <Container>{page === "facturas" ? <Invoices /> : <Invoice onDone={() => { setNotice(true); go("facturas") }} />}</Container>
      <Snackbar open={notice} autoHideDuration={5000} onClose={() => setNotice(false)}><Alert severity="success">Factura generada</Alert></Snackbar>
    </LocalizationProvider>
  )
}

const root = document.getElementById("root")
if (root) createRoot(root).render(<App />)
