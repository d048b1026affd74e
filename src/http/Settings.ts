import { Config, ConfigError, Either } from "effect"

// Nested last of all, because an error that is found on the way out of it would not know the name.
const port = Config.integer().pipe(
  Config.validate({ message: "must be a port, 0 to 65535", validation: (port) => port >= 0 && port <= 65_535 }),
  Config.nested("PORT"),
  Config.withDefault(8080)
)

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text

const origins = Config.string().pipe(
  Config.map((text) => text.split(",").map((origin) => origin.trim().replace(/\/$/, ""))),
  Config.validate({
    message: "must be origins such as https://app.example.mx, comma-separated",
    validation: (origins) => origins.every(isOrigin)
  }),
  Config.nested("CORS_ORIGINS"),
  Config.option
)

const publicUrl = Config.url("PUBLIC_URL").pipe(
  Config.mapOrFail((url) =>
    url.protocol === "http:" || url.protocol === "https:"
      ? Either.right(url)
      : Either.left(ConfigError.InvalidData([], "must begin with http:// or https://"))
  ),
  Config.option
)

// Fly's network between its machines, and one machine's own, need not be told.
const privateHost = Config.nonEmptyString("FLY_PRIVATE_IP").pipe(
  Config.map((ip) => (ip.includes(":") ? `[${ip}]` : ip)),
  Config.withDefault("127.0.0.1")
)

export const settings = Config.all({
  port,
  privateUrl: Config.option(Config.url("PRIVATE_URL")),
  privateHost,
  host: Config.nonEmptyString("HOST").pipe(Config.withDefault("0.0.0.0")),
  publicUrl,
  origins
}).pipe(
  Config.map(({ port, host, publicUrl, origins, privateUrl, privateHost }) => {
    const url = publicUrl._tag === "Some" ? publicUrl.value : new URL(`http://localhost:${port}`)
    /** Where other processes reach the one that listens on this port. */
    const addressOf = (port: string) =>
      privateUrl._tag === "Some" ? privateUrl.value.href : `http://${privateHost}:${port}/`
    return { port, host, publicUrl: url, addressOf, origins: origins._tag === "Some" ? origins.value : [url.origin] }
  })
)
