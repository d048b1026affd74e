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

export const settings = Config.all({
  port,
  host: Config.nonEmptyString("HOST").pipe(Config.withDefault("0.0.0.0")),
  publicUrl,
  origins
}).pipe(
  Config.map(({ port, host, publicUrl, origins }) => {
    const url = publicUrl._tag === "Some" ? publicUrl.value : new URL(`http://localhost:${port}`)
    return { port, host, publicUrl: url, origins: origins._tag === "Some" ? origins.value : [url.origin] }
  })
)
