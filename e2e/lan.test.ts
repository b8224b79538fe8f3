import { X509Certificate } from "node:crypto"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import type { IncomingMessage } from "node:http"
import { get } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { encode } from "uqr"
import { certificateFor } from "../scripts/certificate.js"
import { findLan, invitation, type Lan } from "../scripts/lan.js"
import { Server } from "../scripts/Server.js"
import { test as base, expect, stunNowhere } from "./support/fixtures.js"

interface Fixtures {
  /** A directory for this test only. */
  readonly directory: string
  readonly lan: Lan
  /** The built product, for the whole network. */
  readonly shared: Server
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  directory: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), "conference-lan-"))
    await use(directory)
    await rm(directory, { recursive: true })
  },
  lan: async ({ directory }, use) => use(await findLan(directory)),
  shared: async ({ directory, lan }, use) => {
    const server = await Server.start({ vars: stunNowhere, state: directory, port: 0, lan, print: () => undefined })
    await use(server)
    await server.stop()
  }
})

/** Sends a request as a browser that trusts only this certificate. */
const request = async (url: string, ca: string) => {
  const [response]: Array<IncomingMessage> = await once(get(url, { ca }), "response")
  if (response === undefined) throw new Error("No answer.")
  return { headers: response.headers, body: await text(response) }
}

/** The dark modules of a QR code that is drawn with half blocks: its light parts are the printed ones. */
const modules = (drawn: string) =>
  drawn
    .split("\n")
    .flatMap((line) => [[...line].map((sign) => !"█▀".includes(sign)), [...line].map((sign) => !"█▄".includes(sign))])

test("the whole network reaches the product over https, and a phone by the printed QR code", async ({
  lan,
  shared
}) => {
  expect(shared.url).toBe(`https://${lan.address}:${new URL(shared.url).port}`)
  expect(await request(`${shared.url}/health`, lan.certificate.cert)).toMatchObject({ body: '{"status":"ok"}' })
  expect((await request(`${shared.url}/client`, lan.certificate.cert)).body).toContain('<div id="page">')
  await shared.fireCron()

  const link = `${shared.url}/client`
  const printed = invitation(shared.url, lan, false)
  expect(printed).toContain(`Guests  ${link}\n`)
  const drawn = printed.split("\n").filter((line) => /^[█▀▄ ]+$/.test(line))
  const { data } = encode(link, { border: 2 })
  expect(modules(drawn.join("\n")).slice(0, data.length)).toEqual(data)
})

test("a browser that trusts the certificate is not told to use only https for localhost", async ({ lan, shared }) => {
  const local = shared.url.replace(lan.address, "localhost")
  expect((await request(`${local}/client`, lan.certificate.cert)).headers).not.toHaveProperty(
    "strict-transport-security"
  )
})

test("a certificate is kept while it covers the addresses, and made anew for another address", async ({
  directory
}) => {
  const first = await certificateFor(["192.168.1.7", "10.0.0.2"], directory)
  expect(await certificateFor(["10.0.0.2"], directory)).toEqual(first)
  const second = await certificateFor(["192.168.1.8"], directory)
  expect(second.cert).not.toBe(first.cert)
  const certificate = new X509Certificate(second.cert)
  expect(certificate.checkHost("localhost")).toBe("localhost")
  expect((Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000).toBeLessThanOrEqual(397)
})
