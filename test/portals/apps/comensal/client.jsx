import { useEffect, useState } from "react"
import { createRoot } from "react-dom/client"
import { Busqueda } from "./Busqueda.jsx"
import { Fiscales } from "./Fiscales.jsx"

const marcas = [
  ["taqueria", "Doña Lencha", "TAQUERÍA", "#c8102e"],
  ["mariscos", "El Timón", "MARISCOS", "#005f86"],
  ["pizzas", "Nonna Bruna", "PIZZAS", "#2f7d32"],
  ["cantina", "La Noria", "CANTINA", "#5b3a1a"],
  ["cafe", "Café Tres Patios", "DESDE 1988", "#3e2723"]
]

const Logo = ([, nombre, giro, color]) => (
  <svg width="200" height="110" viewBox="0 0 200 110">
    <title>{nombre}</title>
    <rect x="10" y="8" width="180" height="94" rx="16" fill={color} />
    <text x="100" y="55" fill="#fff" fontSize="24" fontFamily="Georgia" fontStyle="italic" textAnchor="middle">
      {nombre}
    </text>
    <text x="100" y="80" fill="#fff" fontSize="12" letterSpacing="3" textAnchor="middle">
      {giro}
    </text>
  </svg>
)

const Inicio = () => (
  <>
    <h4 className="mb-4">Selecciona el restaurante de tu consumo</h4>
    <div className="d-flex flex-wrap gap-4">
      {marcas.map((marca) => (
        <div
          className="marca"
          key={marca[0]}
          onClick={() => {
            window.location.hash = `#/factura/${marca[0]}`
          }}
        >
          {Logo(marca)}
        </div>
      ))}
    </div>
  </>
)

const Lista = ({ enlaces }) => (
  <div className="text-center py-5">
    <h3>Confirmación de factura</h3>
    <p>Tu comprobante está listo. Conserva los dos archivos.</p>
    {enlaces.map(({ href, texto }) => (
      <a key={href} className="btn btn-outline-danger m-2" href={href}>
        {texto}
      </a>
    ))}
  </div>
)

const App = () => {
  const [ruta, setRuta] = useState(window.location.hash)
  const [cuenta, setCuenta] = useState(null)
  const [enlaces, setEnlaces] = useState(null)
  useEffect(() => {
    const alCambiar = () => {
      setRuta(window.location.hash)
      window.scrollTo(0, 0)
    }
    window.addEventListener("hashchange", alCambiar)
    return () => window.removeEventListener("hashchange", alCambiar)
  }, [])
  const [, pagina, clave] = ruta.split("/")
  const marca = marcas.find(([una]) => una === clave)
  if (marca === undefined) return <Inicio />
  if (pagina === "datos" && cuenta === null) {
    window.location.hash = "#/"
    return null
  }
  return (
    <>
      <div className="mb-3">{Logo(marca)}</div>
      {pagina === "factura" && (
        <Busqueda
          marca={clave}
          alEncontrar={(encontrada) => {
            setCuenta(encontrada)
            window.location.hash = `#/datos/${clave}`
          }}
        />
      )}
      {pagina === "datos" && (
        <Fiscales
          cuenta={cuenta}
          alTerminar={(nuevos) => {
            setEnlaces(nuevos)
            window.location.hash = `#/lista/${clave}`
          }}
        />
      )}
      {pagina === "lista" && <Lista enlaces={enlaces ?? []} />}
    </>
  )
}

createRoot(document.getElementById("app")).render(<App />)
