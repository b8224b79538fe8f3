import type { DurableObjectNamespace, RequestInit, WebSocket } from "@cloudflare/workers-types/2023-07-01"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { RoomId } from "../contract/Ids.js"
import { BellFailed, Bells } from "./Bells.js"

/**
 * Bells over the Durable Object of each room; an empty layer without a binding. A waiting request holds a WebSocket,
 * which can hibernate, and no pending fetch, which would keep the object in memory and be billed for the whole time.
 */
export const objectBells = (namespace: DurableObjectNamespace | undefined): Layer.Layer<never> => {
  if (namespace === undefined) return Layer.empty
  const fetchBell = (room: RoomId, names: ReadonlyArray<string>, init: RequestInit) =>
    namespace
      .get(namespace.idFromName(room))
      .fetch(`https://doorbell/?${names.map((name) => `of=${name}`).join("&")}`, init)

  return Layer.succeed(Bells, {
    open: ({ peer, role, room }, onRing) =>
      Effect.suspend(() => {
        let isOver = false
        let socket: WebSocket | null = null
        const close = Effect.sync(() => {
          if (!isOver) socket?.close()
          isOver = true
        })
        const opened = async () => {
          const answer = await fetchBell(room, [peer, role], { headers: { upgrade: "websocket" } })
          socket = answer.webSocket
          if (socket === null) throw new Error(`The doorbell answered ${answer.status}.`)
          const closed = () => {
            isOver = true
            onRing(null)
          }
          socket.addEventListener("message", ({ data }) => onRing(String(data)))
          socket.addEventListener("close", closed)
          socket.addEventListener("error", closed)
          socket.accept()
          // The scope has closed in the meantime.
          if (isOver) socket.close()
          return answer.headers.get("tally") ?? ""
        }
        return Effect.zipRight(
          Effect.addFinalizer(() => close),
          Effect.tryPromise({ try: opened, catch: (cause) => new BellFailed({ cause }) }).pipe(
            Effect.tapError(({ cause }) => Effect.logWarning("A doorbell could not be opened", cause))
          )
        )
      }),
    ring: ({ owners, room }) =>
      Effect.tryPromise({
        try: async () => {
          const answer = await fetchBell(room, owners === "all" ? [] : owners, { method: "POST" })
          if (!answer.ok) throw new Error(`The doorbell answered ${answer.status}.`)
        },
        catch: (cause) => new BellFailed({ cause })
      })
  })
}
