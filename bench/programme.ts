import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Server } from "../scripts/Server.js"
import { measureComposing } from "./programme/composing.js"
import { measureSending } from "./programme/sending.js"
import { measureWatching } from "./programme/watching.js"
import type { Row } from "./report.js"

/** The cost of the programme: composing it, sending it in calls of the built product, and what guests see of it. */
export const measureProgramme = async (): Promise<ReadonlyArray<Row>> => {
  const composing = await measureComposing()
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    return [...composing, ...(await measureSending(server.url)), ...(await measureWatching(server.url))]
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}
