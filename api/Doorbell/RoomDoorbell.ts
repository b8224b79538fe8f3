/** Rings for everybody are counted under this name, which is neither a peer's id nor a role. */
const everybody = "*"

/**
 * The Durable Object of a room's doorbell. It stores nothing. Each listener has a WebSocket, tagged with its names: its
 * peer's id and its role. Sockets hibernate while nothing happens, so that listening costs nothing. The query
 * parameters `of` of a request are names. A request that upgrades to a WebSocket listens under them; any other request
 * rings for them, or for everybody if there are none.
 *
 * While the object is awake it counts the rings of each name. The tally of a listener consists of the counts of its
 * names. The listener receives it when it begins to listen, in a header, and with each ring: two equal tallies mean
 * that nothing has rung in between.
 *
 * It extends no base class, so that nothing here imports `cloudflare:workers`, which only workerd has.
 */
export class RoomDoorbell implements DurableObject {
  readonly #context: DurableObjectState
  /** New whenever the object starts and its counts are lost, so that no tally from before equals one from after. */
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
        // The socket is closing: its listener checks the inbox once it has closed.
      }
    }
    return new Response(null, { status: 204 })
  }

  /**
   * Answers a close frame, or the other end would never know that it was received. The runtime only does so with the
   * compatibility flag `web_socket_auto_reply_to_close`, the default from compatibility date 2026-04-07 on.
   */
  webSocketClose(socket: WebSocket): void {
    socket.close()
  }
}
