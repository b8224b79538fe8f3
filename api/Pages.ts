import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { defect } from "./Edge.js"
import { discardBody } from "./RequestBody.js"
import { Settings } from "./Settings.js"

/** The paths of the pages, in both forms. wrangler.jsonc sends these to the Worker before the assets. */
const paths = new Set(["/", "/index.html", "/host", "/host.html", "/client", "/client.html"])

/** The paths of the page that says that nothing is there: nothing is there. */
const nowhere = new Set(["/404", "/404.html"])

/** Whether a page is asked for: by a browser whose person follows a link, and not by a program. */
const wantsPage = ({ headers, method }: Request) =>
  (method === "GET" || method === "HEAD") && (headers.get("accept") ?? "").includes("text/html")

/** The assets could not be read: logged with the cause, and answered without it. */
const failed = (request: Request, cause: Cause.Cause<never>) =>
  Effect.logError("A page could not be read", cause).pipe(
    Effect.annotateLogs({ method: request.method, path: new URL(request.url).pathname }),
    Effect.as(HttpServerResponse.toWeb(defect))
  )

/**
 * The pages come from the assets with the headers of `_headers`; what depends on a setting is added here: only this
 * deployment itself and ALLOWED_ORIGINS may show them in a frame, and which room is meant where none is named. A browser
 * obeys both policies. Where the assets have nothing, a browser gets a page that says so, and everybody else null.
 */
export class Pages extends Context.Tag("Pages")<
  Pages,
  { readonly serve: (request: Request) => Effect.Effect<Response | null> }
>() {
  static readonly layer = (assets: { readonly fetch: (page: Request | URL) => Promise<Response> }) =>
    Layer.effect(
      Pages,
      Effect.map(Settings, ({ allowedOrigins, defaultRoom }) => {
        const origins = Option.getOrElse(allowedOrigins, (): ReadonlyArray<string> => [])
        const ancestors = `frame-ancestors ${["'self'", ...origins].join(" ")}`
        const framed = (response: Response) => {
          response.headers.append("content-security-policy", ancestors)
          return response
        }

        const read = async (request: Request) => {
          const { headers, method, url } = request
          const { pathname } = new URL(url)
          // Its body was read. An asset needs none, and says that it takes no such method.
          const found = await assets.fetch(new Request(url, { method, headers, redirect: "manual" }))
          if (found.status !== 404 && !nowhere.has(pathname)) {
            const page = new Response(found.body, found)
            if (!paths.has(pathname)) return page
            // Of a page's headers its script can read this one alone.
            page.headers.append("server-timing", `default-room;desc="${defaultRoom}"`)
            return framed(page)
          }
          await found.body?.cancel()
          if (!wantsPage(request)) return null
          const nothing = await assets.fetch(new URL("/404", url))
          const page = new Response(method === "HEAD" ? null : nothing.body, { status: 404, headers: nothing.headers })
          page.headers.set("cache-control", "no-store")
          return framed(page)
        }

        return {
          serve: (request) =>
            Effect.zipRight(
              discardBody(request),
              Effect.promise(() => read(request))
            ).pipe(Effect.catchAllCause((cause) => failed(request, cause)))
        }
      })
    )
}
