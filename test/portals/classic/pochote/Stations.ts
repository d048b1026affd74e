const places = [
  "Las Torres",
  "Revolución",
  "Insurgentes",
  "Aeropuerto",
  "La Mesa",
  "Playas",
  "Otay",
  "El Florido",
  "Tecate Centro",
  "San Quintín",
  "Rosarito",
  "Maneadero",
  "Valle Redondo",
  "Pacífico",
  "Universidad"
]

const kinds = ["", " II", " Norte", " Sur", " Autopista", " Bodega", " Express", " Plaza"]

/** The key is on the ticket; the id is the portal's own. */
export const stations = places.flatMap((place, row) =>
  kinds.map((kind, column) => ({
    key: `E${String(402 + row * 11 + column).padStart(4, "0")}`,
    id: String(9000 - row * 37 - column),
    name: `Pochote ${place}${kind}`
  }))
)
