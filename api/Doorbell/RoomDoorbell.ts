/** Rings for everybody are counted under this name, which can be neither a peer's id nor a role. */
const everybody = "*"

/**
 * The Durable Object of a room's doorbell. It stores nothing. Each listener has a WebSocket, tagged with its names: its
 * peer's id and its role. Sockets hibernate while nothing happens, so that listening costs nothing. The query `?of=` of a
 * request gives names. A request that upgrades to a WebSocket listens under them; any other request rings for them, or
 * for everybody where it gives none.
 *
 * While the object is awake it counts the rings of each name. The tally of a listener is made of the counts of its names.
 * It gets the tally when it begins to listen, in a header, and with each ring: two equal ones mean that nothing has rung
 * in between.
 *
 * A class without a base, so that nothing here imports `cloudflare:workers`, which only workerd has.
 */
export class RoomDoorbell implements DurableObject {
  readonly #context: DurableObjectState
  /** New whenever the object starts, which has lost its counts then: a tally from before equals none from after. */
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
        // The socket is closing: its listener checks its inbox when it has closed.
      }
    }
    return new Response(null, { status: 204 })
  }

  /**
   * Answers a close, or the other end would never learn that it was received. The runtime does so by itself only with the
   * compatibility flag `web_socket_auto_reply_to_close`, the default from compatibility date 2026-04-07 on.
   */
  webSocketClose(socket: WebSocket): void {
    socket.close()
  }
}
