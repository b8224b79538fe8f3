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
const pagePaths = new Set(["/", "/index.html", "/host", "/host.html", "/client", "/client.html"])

/** The paths of the error page. A request for it is answered with 404, as for any other page that does not exist. */
const errorPaths = new Set(["/404", "/404.html"])

/** Whether the request is for a page: from a browser that follows a link, not from a program. */
const wantsPage = ({ headers, method }: Request) =>
  (method === "GET" || method === "HEAD") && (headers.get("accept") ?? "").includes("text/html")

/** The answer if the assets could not be read. The cause is logged, and not part of the answer. */
const answerFailure = (request: Request, cause: Cause.Cause<never>) =>
  Effect.logError("A page could not be read", cause).pipe(
    Effect.annotateLogs({ method: request.method, path: new URL(request.url).pathname }),
    Effect.as(HttpServerResponse.toWeb(defect))
  )

/**
 * The pages come from the assets with the headers of `_headers`. Headers that depend on settings are added here: a
 * content security policy, by which only this deployment and ALLOWED_ORIGINS may frame the pages (browsers obey both
 * policies), and the room that is meant if a link names none. If the assets have nothing at a path, browsers get the
 * error page, and `serve` returns null for all other clients.
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
        const withFrameAncestors = (response: Response) => {
          response.headers.append("content-security-policy", ancestors)
          return response
        }

        const read = async (request: Request) => {
          const { headers, method, url } = request
          const { pathname } = new URL(url)
          // Without the body, which was read already: an asset needs none, and refuses methods that have one.
          const found = await assets.fetch(new Request(url, { method, headers, redirect: "manual" }))
          if (found.status !== 404 && !errorPaths.has(pathname)) {
            const page = new Response(found.body, found)
            if (!pagePaths.has(pathname)) return page
            // The only header of a page that its script can read.
            page.headers.append("server-timing", `default-room;desc="${defaultRoom}"`)
            return withFrameAncestors(page)
          }
          await found.body?.cancel()
          if (!wantsPage(request)) return null
          const { body, headers: pageHeaders } = await assets.fetch(new URL("/404", url))
          const page = new Response(method === "HEAD" ? null : body, { status: 404, headers: pageHeaders })
          page.headers.set("cache-control", "no-store")
          return withFrameAncestors(page)
        }

        return {
          serve: (request) =>
            Effect.zipRight(
              discardBody(request),
              Effect.promise(() => read(request))
            ).pipe(Effect.catchAllCause((cause) => answerFailure(request, cause)))
        }
      })
    )
}
