import { Box, createTheme, Snackbar, Tab, Tabs, ThemeProvider } from "@mui/material"
import { LocalizationProvider } from "@mui/x-date-pickers"
import { AdapterDayjs } from "@mui/x-date-pickers/AdapterDayjs"
import "dayjs/locale/es-mx"
import { useState } from "react"
import { createRoot } from "react-dom/client"
import { Consulta } from "./Consulta.jsx"
import { Formulario } from "./Formulario.jsx"
import { Lista } from "./Lista.jsx"

const tema = createTheme({ palette: { primary: { main: "#c2185b" } } })

const App = () => {
  const [pestana, setPestana] = useState(0)
  const [factura, setFactura] = useState(null)
  const [galletas, setGalletas] = useState(true)
  return (
    <ThemeProvider theme={tema}>
      <LocalizationProvider dateAdapter={AdapterDayjs} adapterLocale="es-mx">
        <Box sx={{ maxWidth: 900, mx: "auto", my: 4, bgcolor: "#fff", borderRadius: 2, boxShadow: 2 }}>
          {factura ? (
            <Lista factura={factura} />
          ) : (
            <>
              <Tabs value={pestana} onChange={(_, valor) => setPestana(valor)} variant="fullWidth">
                <Tab label="Solicitar factura" />
                <Tab label="Consultar mis facturas" />
              </Tabs>
              {pestana === 0 ? <Formulario alTerminar={setFactura} /> : <Consulta />}
            </>
          )}
        </Box>
        <Snackbar
          open={galletas}
          message="Este sitio utiliza cookies propias y de terceros."
          action={
            <button type="button" onClick={() => setGalletas(false)}>
              De acuerdo
            </button>
          }
        />
      </LocalizationProvider>
    </ThemeProvider>
  )
}

createRoot(document.getElementById("__next")).render(<App />)
