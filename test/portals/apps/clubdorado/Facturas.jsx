import { Column } from "primereact/column"
import { DataTable } from "primereact/datatable"
import { useEffect, useState } from "react"

const archivo = (tipo) => (fila) => (
  <a href={`/portal/archivo/${fila.uuid}.${tipo}`} title={`Descargar ${tipo.toUpperCase()}`}>
    <i className={`pi ${tipo === "pdf" ? "pi-file-pdf" : "pi-file"}`} />
  </a>
)

export const Facturas = ({ nueva }) => {
  const [filas, setFilas] = useState([])
  useEffect(() => {
    fetch("/portal/facturas")
      .then((r) => r.json())
      .then(setFilas)
  }, [])
  return (
    <>
      {nueva && (
        <p className="bien">La remisión fue facturada con éxito, folio fiscal {nueva}. Descárguela de la lista.</p>
      )}
      <DataTable value={filas} size="small" emptyMessage="Sin facturas">
        <Column field="remision" header="Remisión" />
        <Column field="rfc" header="RFC" />
        <Column field="total" header="Total" />
        <Column header="PDF" body={archivo("pdf")} />
        <Column header="XML" body={archivo("xml")} />
      </DataTable>
    </>
  )
}
