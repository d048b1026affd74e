import { enGrupos, enPesos } from "./Mascara.jsx"

export const Revision = ({ datos, corregir, timbrar }) => (
  <>
    <h2>Revisa tus datos antes de timbrar</h2>
    {[
      ["Código de facturación", enGrupos(datos.codigo)],
      ["Total", enPesos(datos.centavos)],
      ["Nombre o razón social", datos.nombre.toUpperCase()],
      ["RFC", datos.rfc],
      ["Código postal", datos.cp],
      ["Régimen fiscal", datos.regimen],
      ["Uso", datos.uso],
      ["Correo electrónico", datos.correo]
    ].map(([titulo, valor]) => (
      <div className="renglon" key={titulo}>
        <span>{titulo}</span>
        <input readOnly value={valor} />
      </div>
    ))}
    <button type="button" className="boton claro" onClick={corregir}>
      Corregir
    </button>{" "}
    <button type="button" className="boton" onClick={timbrar}>
      Timbrar
    </button>
  </>
)
