import { FormControl, FormHelperText, InputLabel, MenuItem, Select } from "@mui/material"

export const Eleccion = ({ campo, datos, errores, label, opciones, poner }) => (
  <FormControl size="small" error={campo in errores} disabled={opciones.length === 0}>
    <InputLabel id={`${campo}-label`}>{label}</InputLabel>
    <Select
      labelId={`${campo}-label`}
      label={label}
      value={datos[campo]}
      onChange={(evento) => poner(campo)(evento.target.value)}
    >
      {opciones.map((opcion) => (
        <MenuItem key={opcion.id} value={opcion.id}>
          {opcion.texto}
        </MenuItem>
      ))}
    </Select>
    <FormHelperText>{errores[campo] ?? " "}</FormHelperText>
  </FormControl>
)
