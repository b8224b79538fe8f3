/** The name under which a ring for all is counted: no peer's id, and no role. */
const everybody = "*"

/**
 * The Durable Object of a room's doorbell. It stores nothing: who listens is known by its sockets, which hibernate while
 * nothing happens, so that listening costs nothing. A request that upgrades listens under the names that its query
 * gives (`?of=`), any other request rings: those of its query, or everybody.
 *
 * While it is awake it counts the rings. A listener is told the tally of its names as it begins to listen and with each
 * ring: while that is the same, nothing has rung.
 *
 * A class without a base, so that nothing here imports `cloudflare:workers`, which only workerd has.
 */
export class RoomDoorbell implements DurableObject {
  readonly #context: DurableObjectState
  /** Another in each life of the object: a tally of a former life equals none of this. */
  readonly #life = crypto.randomUUID()
  readonly #rings = new Map<string, number>()

  constructor(context: DurableObjectState) {
    this.#context = context
  }

  fetch(request: Request): Response {
    const names = new URL(request.url).searchParams.getAll("of")
    return request.headers.get("upgrade") === "websocket" ? this.#listen(names) : this.#ring(names)
  }

  #listen(names: Array<string>): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    this.#context.acceptWebSocket(server, names)
    return new Response(null, { status: 101, webSocket: client, headers: { tally: this.#tally(names) } })
  }

  #tally(names: ReadonlyArray<string>): string {
    return [this.#life, ...[everybody, ...names].map((name) => this.#rings.get(name) ?? 0)].join(" ")
  }

  #ring(names: ReadonlyArray<string>): Response {
    for (const name of names.length === 0 ? [everybody] : names) this.#rings.set(name, (this.#rings.get(name) ?? 0) + 1)
    const sockets =
      names.length === 0 ? this.#context.getWebSockets() : names.flatMap((name) => this.#context.getWebSockets(name))
    for (const socket of sockets) {
      try {
        socket.send(this.#tally(this.#context.getTags(socket)))
      } catch {
        // It closes at this moment: its listener checks by itself.
      }
    }
    return new Response(null, { status: 204 })
  }

  /** With this compatibility date a close is answered here, or the other end never hears of it. */
  webSocketClose(socket: WebSocket): void {
    socket.close()
  }
}
