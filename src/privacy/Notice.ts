import { createHash } from "node:crypto"
import { Schema } from "effect"
import { Processor, processors } from "./Processors.ts"

/** Changes with every word of the text, whoever accepted an older one is asked again. */
const version = "2026-11-23"

const short = `Timbra trata sus datos para pedir en su nombre, en los portales de los comercios, las facturas (CFDI) de \
sus compras. Usamos su correo, RFC, nombre o razón social, régimen fiscal, código postal, uso de CFDI, los datos de \
sus tickets y, si usted los da, los accesos a los portales. No los vendemos ni los usamos para publicidad ni para \
entrenar modelos. Puede revocar su consentimiento y ejercer sus derechos ARCO en cualquier momento. El aviso integral \
está en /api/v1/privacy-notice.`

const full = `AVISO DE PRIVACIDAD INTEGRAL

1. Responsable
Quien opera este servicio de Timbra es el responsable de sus datos personales y los trata conforme a la Ley Federal de \
Protección de Datos Personales en Posesión de los Particulares. El domicilio y el contacto de la persona o \
departamento a cargo de la protección de datos son los que publica el operador en la dirección donde se presta el \
servicio. Cuando usted usa el servicio por cuenta de su empresa, ella es la responsable y el operador actúa como \
persona encargada, sólo por sus instrucciones.

2. Datos que se tratan
a) De identificación y contacto: correo electrónico y contraseña (de ésta sólo se guarda una huella irreversible).
b) Fiscales y patrimoniales: RFC, nombre o razón social, régimen fiscal, código postal del domicilio fiscal, uso de \
CFDI, los datos de empresa que usted agregue, los datos de sus tickets de compra y las facturas obtenidas.
c) De acceso: usuarios y contraseñas de portales de facturación, sólo si usted los registra. Nunca se piden la \
e.firma ni la contraseña del SAT.
d) Técnicos: dirección IP, fecha y hora de sus solicitudes, pasos y capturas de pantalla de cada trámite.
No se tratan datos sensibles.

3. Finalidades necesarias
Crear y proteger su cuenta; llenar en su nombre los formularios de facturación de los comercios que usted indique; \
descargar, comprobar y entregarle las facturas; avisarle del avance y pedirle los datos que un portal solicite; \
cumplir obligaciones legales. Como los datos fiscales son patrimoniales, se requiere su consentimiento expreso, que \
usted da con accept_privacy y que queda registrado con la versión de este aviso, la fecha y la hora.

4. Finalidades que requieren otro consentimiento
Ninguna. No hay publicidad, perfiles comerciales, venta de datos ni entrenamiento de modelos con sus datos. Cualquier \
finalidad nueva se le pedirá por separado.

5. A quién se comunican
Al comercio cuyo portal usted indica y, por su conducto, a su proveedor de certificación y al SAT: es el objeto mismo \
del servicio. A las personas encargadas del anexo, que sólo actúan por instrucciones del operador. No hay \
transferencias a otros terceros sin su consentimiento, salvo las que la ley exige.

6. Conservación
Las facturas, mientras exista su cuenta; después de borrarla, sólo su constancia cifrada (folio fiscal, RFC de emisor \
y receptor, importe y fecha) por el plazo de las leyes fiscales: cinco años desde la declaración anual del ejercicio. \
Pasos y capturas de pantalla, 90 días, si el operador no configura otro plazo. Los accesos a portales y el perfil, \
hasta que usted los borre. La bitácora de accesos y cambios, dos años. La prueba de su consentimiento, cinco años.

7. Medios para limitar el uso y revocar el consentimiento
PUT /api/v1/profile con accept_privacy en false revoca su consentimiento: desde entonces no se aceptan trámites \
nuevos. Puede borrar cualquier acceso a portales en cualquier momento.

8. Derechos ARCO
Acceso y rectificación: GET y PUT /api/v1/profile; copia de todo lo que se guarda de usted: GET \
/api/v1/profile/export. Cancelación: DELETE /api/v1/profile; la cuenta se bloquea de inmediato, se cancela lo pendiente, \
y en cuanto nada está en curso se suprime todo, salvo lo que la ley obliga a conservar. Oposición, y revisión por una persona de cualquier decisión automática: \
al contacto del numeral 1. La respuesta llega dentro de 20 días y surte efecto dentro de los 15 siguientes. Si no queda conforme, \
puede acudir a la Secretaría Anticorrupción y Buen Gobierno.

9. Seguridad
RFC, datos de empresa y accesos a portales se guardan cifrados, cada uno ligado a su titular. Si una vulneración \
afecta de forma significativa sus derechos, se le informará de inmediato qué ocurrió, qué datos, qué hacer y qué \
medidas se tomaron.

10. Cambios
Este aviso está versionado. Cada cambio se publica en esta misma dirección con una versión nueva, y se le pide \
aceptarla antes del siguiente trámite.

Anexo. Personas encargadas
${processors.map(({ name, purpose, data, when }) => `${name}: ${purpose}; ${data}; ${when}.`).join("\n")}`

export class PrivacyNotice extends Schema.Class<PrivacyNotice>("PrivacyNotice")({
  version: Schema.String,
  sha256: Schema.String.annotations({ description: "Of the full text, in hexadecimal." }),
  short: Schema.String,
  full: Schema.String,
  processors: Schema.Array(Processor)
}) {}

/** The notice in force, which is what consent is given to. */
export const notice = new PrivacyNotice({
  version,
  sha256: createHash("sha256").update(full).digest("hex"),
  short,
  full,
  processors
})
