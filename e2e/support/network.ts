import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { setTimeout as later } from "node:timers/promises"
import type { Page } from "playwright-core"

/** What a browser notes on the console when the service cannot be reached. */
export const unreachable =
  /ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED)/

/** Something that carries a call, and that a test can take away. */
export interface Breakable {
  readonly cut: () => Promise<unknown>
  readonly mend: () => Promise<unknown>
}

/**
 * Takes something away for this long: the length of the outage is what the test is about, so it is waited for by the
 * clock. `meanwhile` begins with the outage. Returns when it was mended, in milliseconds.
 */
export const outage = async (
  broken: Breakable,
  seconds: number,
  meanwhile: () => Promise<unknown> = async () => undefined
): Promise<number> => {
  await broken.cut()
  try {
    await Promise.all([later(seconds * 1000), meanwhile()])
  } finally {
    await broken.mend()
  }
  return performance.now()
}

/** Several that break together. */
export const together = (...all: ReadonlyArray<Breakable>): Breakable => ({
  cut: () => Promise.all(all.map(({ cut }) => cut())),
  mend: () => Promise.all(all.map(({ mend }) => mend()))
})

/**
 * The media path of one page: what is cut loses every packet, both ways. Requests are not touched. The page
 * is loaded anew, since only sockets made later lose packets, and a guest's has a connection ready before the join. Only
 * for a page without ICE servers, since a STUN server that refuses a packet crashes a page that may lose some (Chromium 156).
 */
export const mediaOf = async (page: Page): Promise<Breakable> => {
  const session = await page.context().newCDPSession(page)
  const unlimited = { urlPattern: "", latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  const lose = (packetLoss: number) =>
    session.send("Network.emulateNetworkConditionsByRule", {
      offline: false,
      matchedNetworkConditions: [{ ...unlimited, packetLoss }]
    })
  await session.send("Network.enable")
  await lose(0)
  await page.reload()
  return { cut: () => lose(100), mend: () => lose(0) }
}

/** A person's own way to the service. What is cut ends, held polls too, and nothing new is let through. */
export interface Wire extends Breakable {
  /** The service, seen through this wire. */
  readonly url: string
  readonly close: () => Promise<void>
}

export const layWire = async (service: string): Promise<Wire> => {
  const port = Number(new URL(service).port)
  const sockets = new Set<Socket>()
  let whole = true
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // A connection that breaks off is what a wire is for.
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket))
  }
  const proxy = createServer((near) => {
    keep(near)
    if (!whole) return void near.destroy()
    const far = connect(port, "127.0.0.1")
    keep(far)
    near.pipe(far).on("close", () => near.destroy())
    far.pipe(near).on("close", () => far.destroy())
  }).listen(0, "127.0.0.1")
  await once(proxy, "listening")
  const address = proxy.address()
  if (address === null || typeof address === "string") throw new Error("No free port.")
  const cut = async () => {
    whole = false
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://localhost:${address.port}`,
    cut,
    mend: async () => {
      whole = true
    },
    close: async () => {
      await cut()
      proxy.close()
      await once(proxy, "close")
    }
  }
}
