import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Settings } from "./Settings.js"

/** The paths of the pages, in both forms. wrangler.jsonc sends these to the Worker before the assets. */
const paths = new Set(["/", "/index.html", "/host", "/host.html", "/client", "/client.html"])

export const isPage = (request: Request) => paths.has(new URL(request.url).pathname)

/**
 * The pages come from the assets with the headers of `_headers`; what depends on a setting is added here: only this
 * deployment itself and ALLOWED_ORIGINS may show them in a frame. A browser obeys both policies.
 */
export class Pages extends Context.Tag("Pages")<
  Pages,
  { readonly serve: (request: Request) => Effect.Effect<Response> }
>() {
  static readonly layer = (assets: Fetcher) =>
    Layer.effect(
      Pages,
      Effect.map(Settings, ({ allowedOrigins }) => {
        const origins = Option.getOrElse(allowedOrigins, (): ReadonlyArray<string> => [])
        const ancestors = `frame-ancestors ${["'self'", ...origins].join(" ")}`
        return {
          serve: (request) =>
            Effect.promise(async () => {
              const page = await assets.fetch(request)
              const response = new Response(page.body, page)
              response.headers.append("content-security-policy", ancestors)
              return response
            })
        }
      })
    )
}
