import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"
import { setTimeout as later } from "node:timers/promises"
import type { Page } from "playwright-core"

/** What a browser logs to the console when the service cannot be reached. */
export const unreachable =
  /ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED)/

/** Something that carries a call, and that a test can take away. */
export interface Breakable {
  readonly cut: () => Promise<unknown>
  readonly mend: () => Promise<unknown>
}

/**
 * Takes something away for this many seconds, by the clock, because the length of the outage is what the test is about.
 * `meanwhile` begins with the outage. Returns when it was mended, as `performance.now()`.
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
 * The media path of one page: `cut` loses every packet, both ways. Requests are not affected. The page is reloaded,
 * because only sockets made later lose packets, and a guest's page prepares a connection before the join. Only for a
 * page without ICE servers: a STUN server that refuses a packet crashes a page with emulated packet loss (Chromium
 * 156).
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

/** A person's own path to the service. `cut` ends its connections, held polls too, and lets no new ones through. */
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
    // Errors are expected: a cut breaks connections.
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
