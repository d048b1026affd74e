import { useEffect, useState } from "react"
import { enGrupos, enPesos, Mascara } from "./Mascara.jsx"

const usos = [
  ["S01", "Sin efectos fiscales"],
  ["G01", "Adquisición de mercancías"],
  ["G03", "Gastos en general"],
  ["D01", "Honorarios médicos, dentales y gastos hospitalarios"]
]

const Renglon = ({ titulo, error, children }) => (
  <div className="renglon">
    <span>{titulo}</span>
    {children}
    {error && <small>{error}</small>}
  </div>
)

export const Captura = ({ datos, setDatos, errores, continuar }) => {
  const [colonias, setColonias] = useState([])
  const [regimenes, setRegimenes] = useState([])
  const poner = (cambio) => setDatos((antes) => ({ ...antes, ...cambio }))
  useEffect(() => {
    fetch("/api/regimenes")
      .then((r) => r.json())
      .then(setRegimenes)
  }, [])
  const cambiarCp = async (cp) => {
    poner({ cp, colonia: "" })
    setColonias([])
    if (!/^\d{5}$/.test(cp)) return
    setColonias(await fetch(`/api/colonias/${cp}`).then((r) => r.json()))
  }
  return (
    <>
      <h2>Factura tu consumo</h2>
      <Renglon titulo="Código de facturación" error={errores.codigo}>
        <Mascara
          name="email_2"
          valor={datos.codigo}
          alCambiar={(codigo) => poner({ codigo })}
          mostrar={enGrupos}
          permitidas={/^[a-z0-9]$/i}
          largo={12}
          placeholder="XXXX-XXXX-XXXX"
        />
      </Renglon>
      <Renglon titulo="Total de tu cuenta" error={errores.centavos}>
        <Mascara
          name="monto"
          valor={datos.centavos}
          alCambiar={(centavos) => poner({ centavos })}
          mostrar={enPesos}
          permitidas={/^[0-9]$/}
          largo={9}
          placeholder="$0.00"
        />
      </Renglon>
      <Renglon titulo="¿En dónde nos visitaste?" error={errores.sucursal}>
        <div className="lista">
          {["Tuxtla Centro", "Tuxtla Las Torres", "San Cristóbal", "Comitán"].map((nombre) => (
            <label key={nombre}>
              <input
                type="radio"
                name="suc"
                checked={datos.sucursal === nombre}
                onChange={() => poner({ sucursal: nombre })}
              />{" "}
              {nombre}
            </label>
          ))}
        </div>
      </Renglon>
      <Renglon titulo="Nombre o razón social" error={errores.nombre}>
        <input name="direccion" value={datos.nombre} onChange={(e) => poner({ nombre: e.target.value })} />
      </Renglon>
      <Renglon titulo="Código postal (domicilio fiscal)" error={errores.cp}>
        <input name="codigo" maxLength={5} value={datos.cp} onChange={(e) => cambiarCp(e.target.value)} />
      </Renglon>
      <Renglon titulo="Colonia (opcional)">
        <select name="colonia" value={datos.colonia} onChange={(e) => poner({ colonia: e.target.value })}>
          <option value="">Elige tu colonia</option>
          {colonias.map((colonia) => (
            <option key={colonia}>{colonia}</option>
          ))}
        </select>
      </Renglon>
      <Renglon titulo="RFC" error={errores.rfc}>
        <input
          name="clave"
          maxLength={13}
          value={datos.rfc}
          onChange={(e) => poner({ rfc: e.target.value.toUpperCase(), nombre: "" })}
        />
      </Renglon>
      <Renglon titulo="Régimen fiscal" error={errores.regimen}>
        <select name="reg" value={datos.regimen} onChange={(e) => poner({ regimen: e.target.value })}>
          <option value="">Selecciona tu régimen</option>
          {regimenes.map(({ clave, nombre }) => (
            <option key={clave} value={clave}>
              {clave} {nombre}
            </option>
          ))}
        </select>
      </Renglon>
      <Renglon titulo="¿Para qué usarás tu factura?" error={errores.uso}>
        <div className="lista">
          {usos.map(([clave, nombre]) => (
            <label key={clave}>
              <input type="radio" name="uso" checked={datos.uso === clave} onChange={() => poner({ uso: clave })} />{" "}
              {clave} - {nombre}
            </label>
          ))}
        </div>
      </Renglon>
      <Renglon titulo="Correo electrónico" error={errores.correo}>
        <input name="correo" value={datos.correo} onChange={(e) => poner({ correo: e.target.value })} />
      </Renglon>
      <div className="renglon lista">
        <label>
          <input type="checkbox" checked={datos.boletin} onChange={(e) => poner({ boletin: e.target.checked })} />{" "}
          Quiero mi café gratis de cumpleaños y las noticias del Club Cafetalero
        </label>
      </div>
      <button type="button" className="boton" onClick={continuar}>
        Continuar
      </button>
    </>
  )
}
