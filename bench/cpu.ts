import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openPlainD1 } from "../scripts/plainD1.js"
import { Server } from "../scripts/Server.js"
import { heldPoll, meeting, walk } from "./kinds.js"
import { recordedService } from "./recordedService.js"
import type { Row } from "./report.js"
import { runtimeCost } from "./runtime.js"

/** Requests of each kind before the measurement, and in it. */
const rounds = { before: 100, measured: 200 } as const

/** Requests under way at once. Held polls are all under way at once. */
const atOnce = 4

/** Does the work for each, `atOnce` at a time. Returns the results in order. */
const forEach = async <A, B>(all: ReadonlyArray<A>, atOnce: number, work: (one: A) => Promise<B>) => {
  const results = new Array<B>(all.length)
  const next = all.entries()
  const worker = async () => {
    for (const [index, one] of next) results[index] = await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

/** Sends a request, and returns the answer as text. */
const ask = async (request: Request): Promise<string> => {
  const answer = await fetch(request)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${request.url}: ${answer.status} ${text}`)
  return text
}

/** The runtime's CPU time for each of `count` requests, in ms. */
const cpuOf = async <A>(count: number, work: () => Promise<A>) => {
  const before = await runtimeCost()
  const result = await work()
  return { result, each: ((await runtimeCost()).cpu - before.cpu) / count }
}

const meetings = (origin: string, name: string, count: number) =>
  Array.from({ length: count }, (_, index) => meeting(origin, `${name}-${index}`))

/** CPU of the built Worker for each kind of request, and for a static file. */
const measureWorker = async (): Promise<ReadonlyMap<string, number>> => {
  const state = await mkdtemp(join(tmpdir(), "bench-"))
  const server = await Server.start({ vars: {}, state, port: 0, print: () => undefined })
  try {
    const origin = server.url.replace("localhost", "127.0.0.1")
    const cpu = new Map<string, number>()
    for (const [name, count] of Object.entries(rounds)) {
      await walk(meetings(origin, name, count), async (kind, requests) => {
        const { each, result } = await cpuOf(count, () => forEach(requests, kind === heldPoll ? count : atOnce, ask))
        cpu.set(kind, each)
        return result.map((text): unknown => JSON.parse(text))
      })
      const files = Array.from({ length: count }, () => new Request(`${origin}/logo.svg`))
      cpu.set("a file", (await cpuOf(count, () => forEach(files, atOnce, ask))).each)
    }
    return cpu
  } finally {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
}

/** The poll without its hold of a second: one check. */
const unheld = (request: Request) => new Request(request.url.replace("&wait=1", "&wait=0"), request)

/** The batches that the service sends to D1, as JSON, by kind of request: a list for each request. */
const recordBatches = async () => {
  const { close, db } = await openPlainD1()
  try {
    const service = recordedService(db)
    const record = async (name: string, count: number) => {
      const batches = new Map<string, ReadonlyArray<ReadonlyArray<string>>>()
      await walk(meetings("http://localhost", name, count), async (kind, requests) => {
        const of: Array<ReadonlyArray<string>> = []
        const answers: Array<unknown> = []
        for (const request of requests) {
          const { answer, batches } = await service.request(unheld(request))
          if (!answer.ok) throw new Error(`${kind}: ${answer.status} ${await answer.text()}`)
          of.push(batches)
          answers.push(await answer.json())
        }
        batches.set(kind, of)
        return answers
      })
      return batches
    }
    return [await record("before", rounds.before), await record("measured", rounds.measured)]
  } finally {
    await close()
  }
}

/** CPU of a Worker that only runs the same statements on D1, for each kind of request. */
const measurePlain = async (): Promise<ReadonlyMap<string, number>> => {
  const recorded = await recordBatches()
  const { close, url } = await openPlainD1()
  try {
    const cpu = new Map<string, number>()
    for (const kinds of recorded) {
      for (const [kind, requests] of kinds) {
        const { each } = await cpuOf(requests.length, () =>
          forEach(requests, atOnce, async (batches) => {
            for (const body of batches) await ask(new Request(url, { method: "POST", body }))
          })
        )
        cpu.set(kind, each)
      }
    }
    return cpu
  } finally {
    await close()
  }
}

/**
 * CPU for each kind of request: of the whole runtime, with HTTP, Worker, doorbell and D1, and of the same runtime in
 * which a Worker of ten lines runs the same statements. Each is sent 200 times, 4 at once, after 100 that are not
 * counted. Needs a build.
 */
export const measureCpu = async (): Promise<ReadonlyArray<Row>> => {
  const worker = await measureWorker()
  const plain = await measurePlain()
  return [...worker].flatMap(([kind, value]): ReadonlyArray<Row> => {
    const sql = plain.get(kind)
    return [
      { name: `CPU, ${kind}`, value, unit: "ms" },
      ...(sql === undefined ? [] : [{ name: `CPU, ${kind}: the SQL alone`, value: sql, unit: "ms" } as const])
    ]
  })
}
