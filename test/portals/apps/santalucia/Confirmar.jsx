import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Table,
  TableBody,
  TableCell,
  TableRow
} from "@mui/material"

export const Confirmar = ({ abierto, alCerrar, alConfirmar, datos, enviando }) => (
  <Dialog open={abierto} maxWidth="sm" fullWidth>
    <DialogTitle>Verifique su información</DialogTitle>
    <DialogContent>
      {enviando && <LinearProgress />}
      <p>Una vez emitido el comprobante no podrá modificarse ni cancelarse.</p>
      <Table size="small">
        <TableBody>
          {[
            ["Compra", `${datos.folio} por $${datos.importe}`],
            ["R.F.C.", datos.rfc.toUpperCase()],
            ["Denominación", datos.razon.toUpperCase()],
            ["C.P.", datos.cp],
            ["Envío a", datos.correo]
          ].map(([titulo, valor]) => (
            <TableRow key={titulo}>
              <TableCell>{titulo}</TableCell>
              <TableCell>{valor}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </DialogContent>
    <DialogActions>
      <Button onClick={alCerrar} disabled={enviando}>
        Modificar
      </Button>
      <Button variant="contained" onClick={alConfirmar} disabled={enviando}>
        Solicitar factura
      </Button>
    </DialogActions>
  </Dialog>
)
