/** What the cases of the conformance suite are written with: requests, answers and one room for each case. */
import { assert } from "vitest"

export interface WireRequest {
  readonly method: "GET" | "POST"
  readonly path: string
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined
  /** Sent as `Idempotency-Key`. */
  readonly key?: string | undefined
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown
}

export interface WireAnswer {
  readonly status: number
  readonly retryAfter: string | null
  readonly json: Readonly<Record<string, unknown>>
}

/** Asks a service, whichever it is. */
export type Exchange = (request: WireRequest) => Promise<WireAnswer>

/** What a deployment sets. */
export interface DeploymentSettings {
  readonly maxGuests: number
  readonly maxWaiting: number
  readonly maxUnread: number
  readonly hostPassword?: string
}

/** One thing that is true on the wire. */
export interface ConformanceCase {
  readonly title: string
  /** Why the client's fake does without it. */
  readonly notInFake?: string
  readonly run: (room: Room) => Promise<void>
}

export type Fields = Readonly<Record<string, unknown>>
export type Message = Fields & { readonly id: number; readonly type: string }

export interface Peer {
  readonly id: string
  readonly role: string
  readonly name: string
  readonly claim?: string
  readonly waiting?: true
}

/** A place in a session: the answer to a join, with the token that has it. */
export interface Place {
  readonly token: string
  readonly peer: Peer
  readonly session: string
  readonly cursor: number
  /** In the answers to hosts. */
  readonly guests: ReadonlyArray<Peer>
  readonly waitingRoom: boolean
  readonly locked: boolean
  /** In the answers to guests. */
  readonly host: Peer | null
  readonly hosting: string
  readonly claim: string | null
  readonly offered: number | null
}

/** A secret of the wire's shape: 43 characters. */
export const makeSecret = () => `${crypto.randomUUID()}${crypto.randomUUID()}`.slice(0, 43)

export const succeeded = (answer: WireAnswer) => {
  assert.strictEqual(answer.status, 200, JSON.stringify(answer.json))
  return answer.json
}

/** The answer is this error, with a sentence. */
export const refused = (answer: WireAnswer, status: number, tag: string) => {
  assert.deepStrictEqual([answer.status, answer.json._tag], [status, tag], JSON.stringify(answer.json))
  assert.isNotEmpty(answer.json.message)
}

/** The id of the message that was sent. */
export const idOf = (answer: WireAnswer) => Number(succeeded(answer).id)

export const typesOf = (messages: ReadonlyArray<Message>) => messages.map(({ type }) => type)

/** One room that no other case knows, with the key of its first host. */
export const makeRoom = (exchange: Exchange) => {
  const name: string = crypto.randomUUID()
  const hostKey = makeSecret()
  const post = (body: unknown, token?: string, key?: string) =>
    exchange({ method: "POST", path: "/signaling", body, token, key })
  const join = (fields: Fields) => post({ type: "join", token: makeSecret(), room: name, ...fields })
  const entered = async (fields: Fields): Promise<Place> => {
    const token = makeSecret()
    return Object({ token, ...fields, ...succeeded(await join({ token, ...fields })) })
  }
  const poll = (token: string, after = 0, wait = 0) =>
    exchange({ method: "GET", path: `/messages?after=${after}&wait=${wait}`, token })
  const tryHost = (fields: Fields = {}) => join({ role: "host", hostKey, ...fields })
  const tryGuest = (fields: Fields = {}) => join({ role: "guest", ...fields })
  const host = (fields: Fields = {}) => entered({ role: "host", hostKey, ...fields })
  const guest = (fields: Fields = {}) => entered({ role: "guest", ...fields })
  return {
    name,
    exchange,
    /** Any request to `POST /signaling`. */
    post,
    /** A request that the service takes. */
    tell: async (token: string, body: unknown) => succeeded(await post(body, token)),
    poll,
    /** The inbox from its start. */
    inbox: async (token: string): Promise<ReadonlyArray<Message>> => Object(succeeded(await poll(token))).messages,
    tryHost,
    tryGuest,
    /** Lets a host in, by default with the room's key. */
    host,
    guest,
    /** A host, and a guest that came after it. */
    meeting: async () => {
      const first = await host()
      return { host: first, guest: await guest() }
    }
  }
}

export type Room = ReturnType<typeof makeRoom>
