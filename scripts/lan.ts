import { createSocket } from "node:dgram"
import { once } from "node:events"
import { networkInterfaces } from "node:os"
import { renderUnicodeCompact } from "uqr"
import { type Certificate, certificateFor } from "./certificate.js"
import { Problem } from "./Problem.js"

/** How others on the network reach this machine. */
export interface Lan {
  /** The IPv4 address in the links. */
  readonly address: string
  /** IPv4 addresses on further networks: a virtual machine's, a tunnel's. */
  readonly others: ReadonlyArray<string>
  readonly certificate: Certificate
}

/** The address of the system's default route. Connecting a UDP socket looks up the route, and sends nothing. */
const outgoing = async (): Promise<string | undefined> => {
  const socket = createSocket("udp4")
  try {
    socket.connect(9, "198.51.100.1")
    await once(socket, "connect")
    return socket.address().address
  } catch {
    // No default route. The machine may be on a network all the same.
    return undefined
  } finally {
    socket.close()
  }
}

/** The IPv4 addresses of this machine's networks; first that of the default route. */
const addresses = async (): Promise<ReadonlyArray<string>> => {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const reachable = all.filter(
    ({ address, family, internal }) => family === "IPv4" && !internal && !address.startsWith("169.254.")
  )
  const first = await outgoing()
  return reachable.map(({ address }) => address).sort((a, b) => Number(b === first) - Number(a === first))
}

/** Finds out how others reach this machine. The certificate is kept in `directory`. */
export const findLan = async (directory: string): Promise<Lan> => {
  const [address, ...others] = await addresses()
  if (address === undefined) {
    throw new Problem(
      "This machine is on no network. Connect it to the Wi-Fi or cable that the phones use, then start."
    )
  }
  return { address, others, certificate: await certificateFor([address, ...others], directory) }
}

/** The Worker's INFO lines, and TLS handshakes that browsers break off until the user goes on, with their stacks. */
const unremarkable = /^\{.*"logLevel":"INFO".*\}$|^kj\/compat\/tls\.c\+\+|^stack:/

/** Prints only the lines that somebody may have to act on, so that the QR code does not scroll away. */
export const quietly = (print: (text: string) => void) => {
  let unfinishedLine = ""
  return (text: string) => {
    const lines = (unfinishedLine + text).split("\n")
    unfinishedLine = lines.pop() ?? ""
    for (const line of lines) if (line !== "" && !unremarkable.test(line)) print(`${line}\n`)
  }
}

/** White on black, whatever the terminal's colours are: of a QR code only the light parts are drawn. */
const onBlack = (text: string) => text.replace(/^.*$/gm, (line) => `\u001b[97;40m${line}\u001b[0m`)

/** What `npm start -- --lan` prints: the links, the guests' link as a QR code, and what browsers will warn about. */
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
