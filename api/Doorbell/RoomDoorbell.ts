/**
 * The Durable Object of a room's doorbell. It keeps nothing: who listens is known by its sockets, which hibernate while
 * nothing happens, so that listening costs nothing. A request that upgrades listens under the names that its query
 * gives (`?of=`), any other request rings: those of its query, or everybody.
 *
 * A class without a base, so that nothing here imports `cloudflare:workers`, which only workerd has.
 */
export class RoomDoorbell implements DurableObject {
  readonly #context: DurableObjectState

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
    return new Response(null, { status: 101, webSocket: client })
  }

  #ring(names: ReadonlyArray<string>): Response {
    const sockets =
      names.length === 0 ? this.#context.getWebSockets() : names.flatMap((name) => this.#context.getWebSockets(name))
    for (const socket of sockets) {
      try {
        socket.send("")
      } catch {
        // It closes at this moment: its listener looks by itself.
      }
    }
    return new Response(null, { status: 204 })
  }

  /** With this compatibility date a close is answered here, or the other end never hears of it. */
  webSocketClose(socket: WebSocket): void {
    socket.close()
  }
}
