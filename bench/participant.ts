import { randomUUID } from "node:crypto"
import { performance } from "node:perf_hooks"
import { setTimeout as later } from "node:timers/promises"
import { poll, readMessages, say, secret } from "./caller.js"

/** Attempts to send one message before the measurement fails. */
const tries = 20

/** A description of the size of a browser's offer, which begins with its number. */
export const sdp = (number: number) =>
  `v=0\r\no=- ${number} 2 IN IP4 127.0.0.1\r\n${"a=rtpmap:96 VP8/90000\r\n".repeat(130)}`
/** One candidate of a browser, with the number of its message. */
export const candidates = (number: number) => [
  { candidate: `candidate:${number} 1 udp 2122260223 192.0.2.7 54321 typ host`, sdpMid: "0", sdpMLineIndex: 0 }
]
const numberOf = (text: string) => Number(/(?:o=- |candidate:)(\d+) /.exec(text)?.[1])

/** For a connection that was closed while a request was sent on it: to be repeated, as browsers do by themselves. */
const brokenOff = () => new Response(null, { status: 503 })

/** On a new connection: the runtime closes idle ones, and on a busy machine requests are sent on closed ones. */
const fresh = (request: Request): Request => {
  request.headers.set("connection", "close")
  return request
}

/** What was sent and what arrived, by sender and recipient. */
const ledger = () => {
  const accepted = new Set<string>()
  const started = new Map<string, number>()
  const arrived = new Set<string>()
  const last = new Map<string, number>()
  const awaited = new Map<string, () => void>()
  const times: Array<number> = []
  const wrong = { doubled: 0, disordered: 0 }
  return {
    times,
    wrong,
    start: (route: string, number: number) => started.set(`${route} ${number}`, performance.now()),
    accept: (route: string, number: number) => accepted.add(`${route} ${number}`),
    arrive: (route: string, number: number) => {
      const key = `${route} ${number}`
      if (arrived.has(key)) wrong.doubled++
      else if (number <= (last.get(route) ?? 0)) wrong.disordered++
      arrived.add(key)
      last.set(route, number)
      times.push(performance.now() - (started.get(key) ?? Number.NaN))
      awaited.get(key)?.()
    },
    /** Resolves once this message has arrived. */
    arrival: (route: string, number: number) =>
      new Promise<void>((resolve) => {
        const key = `${route} ${number}`
        if (arrived.has(key)) resolve()
        else awaited.set(key, resolve)
      }),
    /** The number of messages that were accepted and not delivered. */
    missing: () => [...accepted].filter((key) => !arrived.has(key)).length
  }
}

/** The counts of a measurement. */
export const counters = () => ({ requests: 0, repeated: 0, ledger: ledger() })
/** The result of `counters`. */
export type Counters = ReturnType<typeof counters>

type Fields = Readonly<Record<string, unknown>>

interface ParticipantOptions {
  readonly origin: string
  readonly token: string
  /** The id of its peer. */
  readonly id: string
  /** The cursor in the answer to its join. */
  readonly start: number
  readonly count: Counters
  readonly stop: AbortSignal
}

/**
 * A participant that polls without a pause until it is stopped, and sends one message after the other to each
 * recipient. It answers each offer with an answer and candidates.
 */
export const participant = ({ count, id, origin, start, stop, token }: ParticipantOptions) => {
  let cursor = start
  const queues = new Map<string, Promise<void>>()
  const numbers = new Map<string, number>()

  const deliver = async (to: string, number: number, fields: Fields): Promise<void> => {
    const route = `${id} ${to}`
    count.ledger.start(route, number)
    const key = randomUUID()
    for (let attempt = 0; attempt < tries; attempt++) {
      const request = fresh(say(origin, token, { ...fields, to, connection: "c1" }))
      request.headers.set("idempotency-key", key)
      count.requests++
      const response = await fetch(request).catch(brokenOff)
      await response.arrayBuffer()
      if (response.ok) {
        count.ledger.accept(route, number)
        return
      }
      if (response.status !== 429 && response.status !== 503)
        throw new Error(`A message was refused: ${response.status}`)
      count.repeated++
      await later(1000)
    }
    throw new Error(`A message was refused ${tries} times`)
  }

  /** Each recipient gets its messages in the order of the calls. */
  const send = (to: string, fields: (number: number) => Fields): Promise<void> => {
    const number = (numbers.get(to) ?? 0) + 1
    numbers.set(to, number)
    const sent = (queues.get(to) ?? Promise.resolve()).then(() => deliver(to, number, fields(number)))
    queues.set(to, sent)
    return sent
  }

  /** Reads a poll's answer: offers, answers and candidates. */
  const read = async (response: Response) => {
    const inbox = await readMessages(response)
    cursor = inbox.cursor
    const offers: Array<string> = []
    for (const message of inbox.messages) {
      if (message.type !== "offer" && message.type !== "answer" && message.type !== "candidate") continue
      const text = message.type === "candidate" ? (message.candidates[0]?.candidate ?? "") : message.sdp
      count.ledger.arrive(`${message.from} ${id}`, numberOf(text))
      if (message.type === "offer") offers.push(message.from)
    }
    return { offers, isEmpty: inbox.messages.length === 0 }
  }

  /** Long polls back to back until the measurement stops. */
  const listen = async (): Promise<void> => {
    const replies: Array<Promise<void>> = []
    try {
      while (!stop.aborted) {
        count.requests++
        const response = await fetch(fresh(poll(origin, token, cursor, 25)), { signal: stop }).catch(brokenOff)
        if (response.status === 503) {
          if (!stop.aborted) count.repeated++
          await later(1000)
          continue
        }
        for (const from of (await read(response)).offers) {
          replies.push(send(from, (number) => ({ type: "answer", sdp: sdp(number) })))
          replies.push(send(from, (number) => ({ type: "candidate", candidates: candidates(number) })))
        }
      }
    } catch (cause) {
      if (!stop.aborted) throw cause
    }
    await Promise.all(replies)
  }

  /** Reads what is left once nobody sends any more: what is not there is lost. */
  const finish = async (): Promise<void> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const response = await fetch(fresh(poll(origin, token, cursor))).catch(brokenOff)
      if (response.status === 503) await later(1000)
      else if ((await read(response)).isEmpty) return
    }
  }

  const leave = async (): Promise<void> => {
    count.requests++
    const response = await fetch(fresh(say(origin, token, { type: "leave" })))
    if (!response.ok) throw new Error(`A leave was refused: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }

  return { id, send, listen, finish, leave }
}

/** Joins, and returns the answer and the token. */
export const enter = async (
  origin: string,
  fields: Fields
): Promise<{ readonly response: Response; readonly token: string }> => {
  const token = secret()
  return { token, response: await fetch(fresh(say(origin, undefined, { type: "join", ...fields, token }))) }
}
