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
  /** A directory of this test alone. */
  readonly kept: string
  readonly lan: Lan
  /** The built product, for the whole network. */
  readonly shared: Server
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's dependencies from this pattern.
  kept: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), "conference-lan-"))
    await use(directory)
    await rm(directory, { recursive: true })
  },
  lan: async ({ kept }, use) => use(await findLan(kept)),
  shared: async ({ kept, lan }, use) => {
    const server = await Server.start({ vars: stunNowhere, state: kept, port: 0, lan, print: () => undefined })
    await use(server)
    await server.stop()
  }
})

/** Asks as a browser that trusts this certificate and no other. */
const ask = async (url: string, ca: string) => {
  const [response]: Array<IncomingMessage> = await once(get(url, { ca }), "response")
  if (response === undefined) throw new Error("No answer.")
  return { headers: response.headers, body: await text(response) }
}

/** The dark modules of a code that is drawn with half blocks, light parts in ink. */
const modules = (drawn: string) =>
  drawn
    .split("\n")
    .flatMap((line) => [[...line].map((sign) => !"█▀".includes(sign)), [...line].map((sign) => !"█▄".includes(sign))])

test("the whole network reaches the product over https, and a phone by the printed code", async ({ lan, shared }) => {
  expect(shared.url).toBe(`https://${lan.address}:${new URL(shared.url).port}`)
  expect(await ask(`${shared.url}/health`, lan.certificate.cert)).toMatchObject({ body: '{"status":"ok"}' })
  expect((await ask(`${shared.url}/client`, lan.certificate.cert)).body).toContain('<div id="page">')
  await shared.fireCron()

  const link = `${shared.url}/client`
  const printed = invitation(shared.url, lan, false)
  expect(printed).toContain(`Guests  ${link}\n`)
  const drawn = printed.split("\n").filter((line) => /^[█▀▄ ]+$/.test(line))
  const { data } = encode(link, { border: 2 })
  expect(modules(drawn.join("\n")).slice(0, data.length)).toEqual(data)
})

test("a browser that was told to trust the certificate does not keep localhost to https", async ({ lan, shared }) => {
  const local = shared.url.replace(lan.address, "localhost")
  expect((await ask(`${local}/client`, lan.certificate.cert)).headers).not.toHaveProperty("strict-transport-security")
})

test("a certificate is kept while it serves, and made anew for another address", async ({ kept }) => {
  const first = await certificateFor(["192.168.1.7", "10.0.0.2"], kept)
  expect(await certificateFor(["10.0.0.2"], kept)).toEqual(first)
  const second = await certificateFor(["192.168.1.8"], kept)
  expect(second.cert).not.toBe(first.cert)
  const certificate = new X509Certificate(second.cert)
  expect(certificate.checkHost("localhost")).toBe("localhost")
  expect((Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000).toBeLessThanOrEqual(397)
})
