import { Button } from "primereact/button"
import { InputText } from "primereact/inputtext"

export const Reimpresion = () => (
  <div className="rejilla">
    <div>
      <span>RFC</span>
      <InputText />
    </div>
    <div>
      <span>Folio fiscal</span>
      <InputText />
    </div>
    <div>
      <Button label="Recuperar factura" outlined />
    </div>
  </div>
)
