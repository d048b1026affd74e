/** @jsxImportSource react */

import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Alert,
  AppBar,
  Autocomplete,
  Box,
  Button,
  Checkbox,
  CircularProgress,
  Container,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControl,
  FormControlLabel,
  InputLabel,
  MenuItem,
  Select,
  Stack,
  Step,
  StepLabel,
  Stepper,
  TextField,
  Toolbar,
  Typography
} from "@mui/material"
import { AdapterDayjs } from "@mui/x-date-pickers/AdapterDayjs"
import { DatePicker } from "@mui/x-date-pickers/DatePicker"
import { LocalizationProvider } from "@mui/x-date-pickers/LocalizationProvider"
import dayjs from "dayjs"
import { useState } from "react"
import { createRoot } from "react-dom/client"
import "dayjs/locale/es-mx"

const post = async (url, data) =>
  await (
    await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) })
  ).json()

const App = () => {
  const [step, setStep] = useState(0)
  const [store, setStore] = useState(null)
  const [check, setCheck] = useState("")
  const [paid, setPaid] = useState("")
  const [day, setDay] = useState(null)
  const [error, setError] = useState("")
  const [lists, setLists] = useState({ regimes: [], uses: [] })
  const [to, setTo] = useState({ taxId: "", name: "", zip: "", regime: "", use: "", email: "" })
  const [terms, setTerms] = useState(false)
  const [rewards, setRewards] = useState(false)
  const [ask, setAsk] = useState(false)
  const [busy, setBusy] = useState(false)
  const [id, setId] = useState("")
  const [cookies, setCookies] = useState(true)
  const [stores] = useState(() => window.__stores)
  const set = (key) => (event) => setTo({ ...to, [key]: event.target.value })
  const sale = { store: store?.code ?? "", check, paid, day: day?.format("YYYY-MM-DD") ?? "" }
  const find = async () => {
    setError("")
    setBusy(true)
    const reply = await post("/api/v2/checks/lookup", sale)
    setBusy(false)
    if (reply.error) return setError(reply.error)
    setLists(reply)
    setStep(1)
  }
  const send = async () => {
    setAsk(false)
    setError("")
    setBusy(true)
    const reply = await post("/api/v2/invoices", { ...sale, ...to, terms, rewards })
    setBusy(false)
    if (reply.error) return setError(reply.error)
    setId(reply.id)
    setStep(2)
  }
  return (
    <LocalizationProvider dateAdapter={AdapterDayjs} adapterLocale="es-mx">
      <AppBar position="static" sx={{ bgcolor: "#3e2723" }}>
        <Toolbar>
          <Typography variant="h6" sx={{ flex: 1 }}>
            Cafetal &amp; Co.
          </Typography>
          <Button color="inherit">Menu</Button>
          <Button color="inherit">Rewards</Button>
          <Button color="inherit">Find my invoice</Button>
        </Toolbar>
      </AppBar>
      <Container maxWidth="sm" sx={{ my: 4 }}>
        <Stepper activeStep={step} sx={{ mb: 3 }}>
          {["Your check", "Datos fiscales", "Done"].map((l) => (
            <Step key={l}>
              <StepLabel>{l}</StepLabel>
            </Step>
          ))}
        </Stepper>
        {error !== "" && (
          <Alert severity="error" sx={{ mb: 2 }}>
            {error}
          </Alert>
        )}
        {step === 0 && (
          <Stack spacing={2}>
            <Typography variant="h5">Get your factura in 2 easy steps</Typography>
            <Autocomplete
              options={stores}
              getOptionLabel={(s) => s.name}
              value={store}
              onChange={(_, v) => setStore(v)}
              renderInput={(params) => <TextField {...params} label="Store / Sucursal" />}
            />
            <TextField
              label="Check #"
              helperText="Look for CHK on your receipt"
              value={check}
              onChange={(e) => setCheck(e.target.value)}
            />
            <DatePicker label="Fecha de visita" value={day} onChange={setDay} format="DD/MM/YYYY" disableFuture />
            <TextField
              label="Amount paid"
              helperText="Sin propina (tip not included)"
              value={paid}
              onChange={(e) => setPaid(e.target.value)}
            />
            <Button variant="contained" onClick={find} disabled={busy}>
              {busy ? <CircularProgress size={20} /> : "Find my check"}
            </Button>
            <Accordion>
              <AccordionSummary>Where is my check number?</AccordionSummary>
              <AccordionDetails>At the top of your receipt, right below the store name.</AccordionDetails>
            </Accordion>
          </Stack>
        )}
        {step === 1 && (
          <Stack spacing={2}>
            <TextField label="RFC (Tax ID)" value={to.taxId} onChange={set("taxId")} />
            <TextField
              label="Legal name"
              helperText="Tal cual aparece en tu constancia"
              value={to.name}
              onChange={set("name")}
            />
            <TextField label="ZIP code" value={to.zip} onChange={set("zip")} />
            <FormControl>
              <InputLabel id="l1">Régimen fiscal</InputLabel>
              <Select labelId="l1" label="Régimen fiscal" value={to.regime} onChange={set("regime")}>
                {lists.regimes.map((r, i) => (
                  <MenuItem key={r.code} value={String(i)}>
                    {r.name}
                  </MenuItem>
                ))}
              </Select>
            </FormControl>
            <FormControl>
              <InputLabel id="l2">CFDI usage</InputLabel>
              <Select labelId="l2" label="CFDI usage" value={to.use} onChange={set("use")}>
                {lists.uses.map((r, i) => (
                  <MenuItem key={r.code} value={String(i)}>
                    {r.name}
                  </MenuItem>
                ))}
              </Select>
            </FormControl>
            <TextField label="Email address" value={to.email} onChange={set("email")} />
            <FormControlLabel
              control={<Checkbox checked={terms} onChange={(e) => setTerms(e.target.checked)} />}
              label="I agree to the Terms & Aviso de Privacidad"
            />
            <FormControlLabel
              control={<Checkbox checked={rewards} onChange={(e) => setRewards(e.target.checked)} />}
              label="Sign me up for Cafetal Rewards (free drink!)"
            />
            <Stack direction="row" spacing={2}>
              <Button onClick={() => setStep(0)}>Back</Button>
              <Button variant="contained" disabled={!terms || busy} onClick={() => setAsk(true)}>
                Continue
              </Button>
            </Stack>
          </Stack>
        )}
        {step === 2 && (
          <Stack spacing={2}>
            <Alert severity="success">All set! Tu factura is on its way to {to.email}</Alert>
            <Button
              variant="outlined"
              onClick={() => {
                window.location.href = `/api/v2/invoices/${id}/xml`
              }}
            >
              Download XML
            </Button>
            <Button
              variant="outlined"
              onClick={() => {
                window.location.href = `/api/v2/invoices/${id}/pdf`
              }}
            >
              Download PDF
            </Button>
          </Stack>
        )}
        <Dialog open={ask} onClose={() => setAsk(false)}>
          <DialogTitle>Just to be sure</DialogTitle>
          <DialogContent>
            <p>{to.taxId}</p>
            <p>{to.name}</p>
            <p>{to.zip}</p>
            <p>{lists.regimes[Number(to.regime)]?.name}</p>
            <p>{lists.uses[Number(to.use)]?.name}</p>
            <p>MXN {paid}</p>We can't edit your invoice later.
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setAsk(false)}>Edit</Button>
            <Button onClick={send}>Looks good</Button>
          </DialogActions>
        </Dialog>
      </Container>
      {cookies && (
        <Box sx={{ position: "fixed", bottom: 0, width: 1, bgcolor: "#fff", borderTop: 1, p: 2, zIndex: 1200 }}>
          We use cookies ☕ <Button onClick={() => setCookies(false)}>Only necessary</Button>
          <Button variant="contained" onClick={() => setCookies(false)}>
            Accept all
          </Button>
        </Box>
      )}
    </LocalizationProvider>
  )
}
dayjs.locale("es-mx")
fetch("/api/v2/stores").then(async (r) => {
  window.__stores = await r.json()
  createRoot(document.getElementById("root")).render(<App />)
})
