/** Takes keys one by one and nothing else: what is pasted or set from outside is thrown away. */
export const Mascara = ({ valor, alCambiar, mostrar, permitidas, largo, ...resto }) => (
  <input
    {...resto}
    value={mostrar(valor)}
    autoComplete="off"
    onChange={() => undefined}
    onPaste={(evento) => evento.preventDefault()}
    onKeyDown={(evento) => {
      if (evento.key === "Tab" || evento.ctrlKey) return
      evento.preventDefault()
      if (evento.key === "Backspace") alCambiar(valor.slice(0, -1))
      else if (permitidas.test(evento.key) && valor.length < largo) alCambiar(valor + evento.key.toUpperCase())
    }}
  />
)

export const enGrupos = (valor) => valor.replace(/(.{4})(?=.)/g, "$1-")

export const enPesos = (centavos) =>
  centavos === "" ? "" : (Number(centavos) / 100).toLocaleString("es-MX", { style: "currency", currency: "MXN" })
