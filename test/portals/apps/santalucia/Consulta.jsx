import { Box, Button, TextField } from "@mui/material"

export const Consulta = () => (
  <Box component="form" sx={{ p: 4, display: "flex", gap: 2 }} onSubmit={(evento) => evento.preventDefault()}>
    <TextField label="RFC" size="small" />
    <TextField label="Folio de venta" size="small" />
    <Button variant="outlined" type="submit">
      Buscar
    </Button>
  </Box>
)
