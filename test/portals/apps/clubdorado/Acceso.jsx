import { Button } from "primereact/button"
import { InputText } from "primereact/inputtext"
import { useState } from "react"

export const Acceso = ({ alEntrar }) => {
  const [usuario, setUsuario] = useState("")
  const [clave, setClave] = useState("")
  const [error, setError] = useState("")
  const entrar = async (evento) => {
    evento.preventDefault()
    const respuesta = await fetch("/portal/acceso", { method: "POST", body: JSON.stringify({ usuario, clave }) })
    const cuerpo = await respuesta.json()
    if (respuesta.ok) alEntrar(cuerpo)
    else setError(cuerpo.mensaje)
  }
  return (
    <form className="acceso" onSubmit={entrar}>
      <h2>Iniciar sesión</h2>
      <p>Para facturar sus compras ingrese con la cuenta de su membresía.</p>
      <label htmlFor="u">Usuario</label>
      <InputText id="u" value={usuario} onChange={(e) => setUsuario(e.target.value)} />
      <label htmlFor="k">Contraseña</label>
      <InputText id="k" type="password" value={clave} onChange={(e) => setClave(e.target.value)} />
      {error && <div className="error">{error}</div>}
      <Button label="Entrar" type="submit" />
      <p>
        <a href="#recuperar">Olvidé mi contraseña</a> · <a href="#registro">Quiero ser socio</a>
      </p>
    </form>
  )
}
