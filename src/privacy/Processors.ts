import { Schema } from "effect"

/** Someone who handles personal data on the operator's orders. */
export class Processor extends Schema.Class<Processor>("Processor")({
  name: Schema.String,
  purpose: Schema.String,
  data: Schema.String,
  when: Schema.String
}) {}

/** The annex of the notice: part of its text, so that a change of it is a new version. */
export const processors: ReadonlyArray<Processor> = [
  {
    name: "Fly.io",
    purpose: "alojamiento de los procesos",
    data: "todo, en tránsito y en memoria",
    when: "si el operador despliega en Fly.io"
  },
  {
    name: "Supabase",
    purpose: "base de datos, cuentas y archivos",
    data: "todo lo que se guarda; lo cifrado, sólo cifrado",
    when: "si DATABASE_URL, AUTH_PROVIDER o S3_ENDPOINT lo nombran"
  },
  {
    name: "Upstash u otro Redis administrado",
    purpose: "avisos entre procesos y límites de intentos",
    data: "identificadores de trámites, avisos de sus pasos y huellas de intentos",
    when: "si REDIS_URL lo nombra"
  },
  {
    name: "Browserbase",
    purpose: "navegador remoto que llena los portales",
    data: "lo que se escribe en el portal y lo que éste muestra",
    when: "si BROWSER_PROVIDER es browserbase"
  },
  {
    name: "OpenAI, Anthropic o servidor compatible",
    purpose: "entender campos y avisos de portales desconocidos",
    data: "textos del portal y etiquetas del ticket; los datos de usted y los valores del ticket, ocultos",
    when: "si LLM_PROVIDER no es none"
  }
].map((processor) => new Processor(processor))
