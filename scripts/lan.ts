import { createSocket } from "node:dgram"
import { once } from "node:events"
import { networkInterfaces } from "node:os"
import { renderUnicodeCompact } from "uqr"
import { type Certificate, certificateFor } from "./certificate.js"
import { Problem } from "./Problem.js"

/** This machine as the others on its network reach it. */
export interface Lan {
  /** What the links name. */
  readonly address: string
  /** Addresses on further networks: a virtual machine's, a tunnel's. */
  readonly others: ReadonlyArray<string>
  readonly certificate: Certificate
}

/** The address that the system goes out by. Connecting a UDP socket asks for the route alone, and sends nothing. */
const outgoing = async (): Promise<string | undefined> => {
  const socket = createSocket("udp4")
  try {
    socket.connect(9, "198.51.100.1")
    await once(socket, "connect")
    return socket.address().address
  } catch {
    // No route: this machine may be on a network all the same.
    return undefined
  } finally {
    socket.close()
  }
}

/** The IPv4 addresses of this machine's networks; first the one that the system goes out by. */
const addresses = async (): Promise<ReadonlyArray<string>> => {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const reachable = all.filter(
    ({ address, family, internal }) => family === "IPv4" && !internal && !address.startsWith("169.254.")
  )
  const first = await outgoing()
  return reachable.map(({ address }) => address).sort((a, b) => Number(b === first) - Number(a === first))
}

/** How others reach this machine, with the certificate kept in `directory`. */
export const findLan = async (directory: string): Promise<Lan> => {
  const [address, ...others] = await addresses()
  if (address === undefined) {
    throw new Problem(
      "This machine is on no network. Connect it to the Wi-Fi or cable that the phones use, then start."
    )
  }
  return { address, others, certificate: await certificateFor([address, ...others], directory) }
}

/** What goes well, as the Worker logs it; handshakes that were broken off, as browsers do until told to go on; their stacks. */
const unremarkable = /^\{.*"logLevel":"INFO".*\}$|^kj\/compat\/tls\.c\+\+|^stack:/

/** Prints, line by line, what somebody may have to act on, and nothing else: the code to point a phone at would scroll away. */
export const quietly = (print: (text: string) => void) => {
  let begun = ""
  return (text: string) => {
    const lines = (begun + text).split("\n")
    begun = lines.pop() ?? ""
    for (const line of lines) if (line !== "" && !unremarkable.test(line)) print(`${line}\n`)
  }
}

/** White on black, whatever colours the terminal has: a QR code's light parts are drawn, its dark ones left out. */
const onBlack = (text: string) => text.replace(/^.*$/gm, (line) => `\u001b[97;40m${line}\u001b[0m`)

/** What `npm start -- --lan` says: the links, the guests' one to point a phone at, and what browsers will say. */
export const invitation = (url: string, { others }: Lan, colours: boolean): string => {
  const guests = `${url}/client`
  const code = renderUnicodeCompact(guests, { border: 2 })
  const further =
    others.length === 0 ? "" : `This machine is also ${others.join(" and ")}: no link above opens? Try that.\n`
  return `Host    ${url}/host
Guests  ${guests}

${colours ? onBlack(code) : code}

Each browser warns once that it does not know the certificate, which is this machine's own: choose "Advanced" and then to go on (Safari: "Show Details", "visit this website").
${further}`
}
