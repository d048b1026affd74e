import { Alert, Box, Button, Typography } from "@mui/material"

const guardar = async (uuid, formato) => {
  const respuesta = await fetch(`/api/comprobantes/${uuid}?formato=${formato}`)
  const enlace = document.createElement("a")
  enlace.href = URL.createObjectURL(await respuesta.blob())
  enlace.download = `${uuid}.${formato}`
  document.body.append(enlace)
  enlace.click()
  enlace.remove()
}

export const Lista = ({ factura }) => (
  <Box sx={{ p: 4 }}>
    <Typography variant="h5">¡Gracias por su preferencia!</Typography>
    <Alert severity="success" sx={{ my: 3 }}>
      Enhorabuena, su CFDI con folio fiscal {factura.uuid} fue generado y se envió una copia a {factura.correo}.
    </Alert>
    <Button variant="contained" onClick={() => guardar(factura.uuid, "xml")} sx={{ mr: 2 }}>
      XML
    </Button>
    <Button variant="outlined" onClick={() => guardar(factura.uuid, "pdf")}>
      PDF
    </Button>
  </Box>
)
