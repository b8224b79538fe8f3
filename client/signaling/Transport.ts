import * as Context from "effect/Context"
import * as Layer from "effect/Layer"

/** How requests are sent: `fetch`, and the address of the service. */
export class Transport extends Context.Tag("Transport")<
  Transport,
  {
    readonly baseUrl: string
    readonly fetch: (request: Request) => Promise<Response>
  }
>() {
  /** The service that served this page. */
  static readonly Browser = Layer.sync(Transport, () => ({
    baseUrl: window.location.origin,
    fetch: (request) => window.fetch(request)
  }))
}
