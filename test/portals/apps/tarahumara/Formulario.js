export const FORMULARIO = `
<style>
  .tarjeta { background: #fff; border-radius: 10px; padding: 22px 28px; box-shadow: 0 2px 10px #0001; margin-bottom: 18px }
  .par { display: grid; grid-template-columns: 1fr 1fr; gap: 14px 24px } h2 { margin: 0 0 14px; font-size: 20px }
  .derecha { text-align: right; margin-top: 18px } a { color: #b35f00; font-weight: bold; margin-right: 24px } [hidden] { display: none }
</style>
<tar-aviso id="aviso"></tar-aviso>
<div id="captura">
  <div class="tarjeta"><h2>1. Localiza tu boleto</h2>
    <div class="par">
      <tar-campo nombre="t0" etiqueta="Número de boleto"></tar-campo>
      <tar-campo nombre="t1" etiqueta="Fecha de salida" tipo="date"></tar-campo>
      <tar-lista nombre="t2" etiqueta="Terminal de origen"></tar-lista>
      <tar-campo nombre="t3" etiqueta="Tarifa pagada"></tar-campo>
    </div>
    <div class="derecha"><tar-boton id="buscar">Buscar boleto</tar-boton></div></div>
  <div class="tarjeta" id="fiscales" hidden><h2>2. Tus datos fiscales</h2>
    <div class="par">
      <tar-campo nombre="f0" etiqueta="RFC del pasajero" mayusculas></tar-campo>
      <tar-campo nombre="f1" etiqueta="Nombre completo o razón social" mayusculas></tar-campo>
      <tar-campo nombre="f2" etiqueta="C.P. fiscal"></tar-campo>
      <tar-lista nombre="f3" etiqueta="Régimen"></tar-lista>
      <tar-lista nombre="f4" etiqueta="Uso de la factura"></tar-lista>
      <tar-campo nombre="f5" etiqueta="Correo para recibir tu factura"></tar-campo>
    </div>
    <div class="derecha"><tar-boton id="facturar">Facturar boleto</tar-boton></div></div>
</div>
<div class="tarjeta" id="listo" hidden><h2>Descarga tu comprobante</h2>
  <a data-tipo="xml">Archivo XML</a><a data-tipo="pdf">Archivo PDF</a></div>`
