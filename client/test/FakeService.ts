/** The service's wire rules in memory, behind the transport: what the real one does with a database. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import type { IceConfiguration } from "../signaling/Signaling.js"
import { Transport } from "../signaling/Transport.js"

interface Seat {
  readonly id: string
  readonly role: "host" | "guest"
  token: string
  name: string
  inbox: Array<Record<string, unknown> & { id: number }>
  waiting: boolean
}
type Body = Record<string, unknown> & { type: string }

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } })
const failed = (status: number, tag: string, headers: Record<string, string> = {}) =>
  json(status, { _tag: tag, message: `${tag}.` }, headers)

export interface Exchange {
  readonly path: string
  readonly body: Body | null
  readonly key: string | null
  readonly token: string
}

export class FakeService extends Context.Tag("FakeService")<
  FakeService,
  {
    /** Every request that came, oldest first. */
    readonly requests: Array<Exchange>
    /** What to answer instead, first come first served: "down" is a network error, "silence" never answers. */
    readonly instead: Array<"down" | "silence" | Response>
    /** While true every request is a network error. */
    down: boolean
    /** How many joins are dealt with from now on whose answers get lost. */
    loseAnswers: number
    readonly polls: () => number
    readonly sent: (type: string) => ReadonlyArray<Body>
    /** Guests that the room holds. Whoever waits is not in. */
    maxGuests: number
    /** What `POST /turn-credentials` answers. */
    ice: IceConfiguration
    readonly busy: (seconds: number) => Response
    /** Forgets every peer, as a reset does. */
    readonly forget: Effect.Effect<void>
    /** The host was not seen for long: any key may claim the room now. */
    readonly expire: () => void
    /** Forgets from now on which tokens are those of ended sessions, as it does after long. */
    readonly forgetEnded: () => void
  }
>() {}

export const FakeServiceLive = Layer.effectContext(
  Effect.gen(function* () {
    const runtime = yield* Effect.runtime<never>()
    let seats: Array<Seat> = []
    let key: string | null = null
    let claim: string | null = null
    let claims = 0
    let expired = false
    /** The peer ids of guests by their tokens, by the claim that they were let in under: whoever leaves keeps its id. */
    const members = new Map<string, Map<string, string>>()
    let ended = new Set<string>()
    let forgets = false
    let session = 1
    let lastId = 0
    let bell = yield* Deferred.make<void>()
    const keys = new Set<string>()

    const unknown = (token: string) => (ended.has(token) ? failed(410, "SessionEnded") : failed(401, "PeerUnknown"))
    const ring = Effect.gen(function* () {
      const rung = bell
      bell = yield* Deferred.make<void>()
      yield* Deferred.succeed(rung, undefined)
    })
    const deliver = (to: Seat, message: Record<string, unknown>) => {
      to.inbox.push({ ...message, id: ++lastId })
    }
    const peerOf = ({ id, role, name, waiting }: Seat) => ({
      id,
      role,
      name,
      ...(waiting ? { waiting } : {}),
      ...(role === "host" && claim !== null ? { claim } : {})
    })
    /** The claim is over, and so is the session for all who were let in under it. */
    const endClaim = () => {
      if (!forgets) ended = new Set([...ended, ...(members.get(claim ?? "")?.keys() ?? [])])
      claim = null
      key = null
    }
    let rules = { waitingRoom: false, locked: false }
    const removed = new Set<string>()
    const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise)

    /** The offer that came with a join, as the host gets it: once, and only the host of the claim that it is meant for. */
    const offerOf = (guest: Seat, host: Seat, { offer }: Body): number | null => {
      if (offer === undefined) return null
      const { claim: meant, ...call }: Record<string, unknown> = Object(offer)
      if (meant !== undefined && meant !== claim) return null
      const there = host.inbox.find(({ connection, from, type }) => {
        return type === "offer" && from === guest.id && connection === call.connection
      })
      if (there === undefined) deliver(host, { type: "offer", from: guest.id, ...call })
      return there?.id ?? lastId
    }

    const join = (body: Body) => {
      const token = text(body.token, "")
      const role = body.role === "host" ? "host" : "guest"
      const host = seats.find((seat) => seat.role === "host")
      const guests = seats.filter((seat) => seat.role === "guest")
      let me = seats.find((seat) => seat.token === token)
      if (ended.has(token)) return failed(410, "SessionEnded")
      if (role === "host") {
        if (key !== null && key !== body.hostKey) {
          if (!expired) return failed(409, "RoomTaken")
          endClaim()
        }
        expired = false
        claim ??= `c${++claims}`
        if (body.resume === true && key !== null) {
          // One who has left comes back with a new id.
          me = host ?? { id: `h${++lastId}`, role, token, name: text(body.name, role), inbox: [], waiting: false }
          me.token = token
          if (host === undefined) seats.push(me)
          for (const guest of guests) deliver(guest, { type: "host-joined", from: me.id, peer: peerOf(me) })
        } else if (me === undefined) {
          seats = []
          session++
        }
        key = text(body.hostKey, "")
      }
      if (role === "guest" && removed.has(token)) return failed(403, "Removed")
      if (role === "guest" && me === undefined && rules.locked) return failed(403, "RoomLocked")
      if (me !== undefined) me.name = text(body.name, me.name)
      else {
        const waiting = role === "guest" && rules.waitingRoom
        const id = members.get(claim ?? "")?.get(token) ?? `p${++lastId}`
        me = { id, role, token, name: text(body.name, role), inbox: [], waiting }
        seats.push(me)
      }
      if (role === "guest" && claim !== null) members.set(claim, new Map(members.get(claim)).set(token, me.id))
      if (role === "guest" && host !== undefined) deliver(host, { type: "joined", from: me.id, peer: peerOf(me) })
      const offered = role === "guest" && host !== undefined && !me.waiting ? offerOf(me, host, body) : null
      const place = {
        type: "joined",
        peer: peerOf(me),
        room: "main",
        session: `s${session}`,
        cursor: me.inbox.at(-1)?.id ?? 0
      }
      return json(
        200,
        role === "host"
          ? { ...place, ...rules, guests: seats.filter((seat) => seat.role === "guest").map(peerOf) }
          : {
              ...place,
              host: host === undefined || me.waiting ? null : peerOf(host),
              hosting: claim !== null ? "claimed" : claims > 0 ? "ended" : "never",
              claim,
              offered
            }
      )
    }

    const admit = (host: Seat, guest: Seat) => {
      if (guest.waiting) deliver(guest, { type: "admitted", from: host.id, host: peerOf(host) })
      guest.waiting = false
    }

    /** What only a host may ask. */
    const moderate = (host: Seat, body: Body) => {
      const guest = seats.find((seat) => seat.id === body.peer && seat.role === "guest")
      const letIn = seats.filter((seat) => seat.waiting && (seat === guest || body.waitingRoom === false)).length
      const inside = seats.filter((seat) => seat.role === "guest" && !seat.waiting).length
      const opens = body.type === "admit" || body.type === "room"
      if (opens && letIn > 0 && inside + letIn > fake.maxGuests) return failed(409, "RoomFull")
      if (body.type === "room") {
        rules = { ...rules, ...body }
        if (body.waitingRoom === false) for (const seat of seats) admit(host, seat)
      } else if (body.type === "refuse") {
        const refused = seats.filter((seat) => seat.waiting)
        for (const seat of refused) {
          removed.add(seat.token)
          deliver(host, { type: "left", from: seat.id })
        }
        seats = seats.filter((seat) => !seat.waiting)
      } else if (guest === undefined) return failed(404, "RecipientUnknown")
      else if (body.type === "admit") admit(host, guest)
      else {
        removed.add(guest.token)
        seats = seats.filter((seat) => seat !== guest)
      }
      return json(200, { type: "accepted" })
    }

    const signal = (me: Seat, body: Body, idempotencyKey: string | null) => {
      if (body.type === "leave") {
        seats = seats.filter((seat) => seat !== me)
        if (body.end === true) {
          endClaim()
          seats = []
        }
        for (const seat of seats.filter((other) => other.role !== me.role)) {
          deliver(seat, { type: "left", from: me.id })
        }
        return json(200, { type: "accepted" })
      }
      if (body.type === "away") {
        const host = seats.find((seat) => seat.role === "host")
        if (host !== undefined) deliver(host, { type: "away", from: me.id })
        return json(200, { type: "accepted" })
      }
      if (body.type === "admit" || body.type === "remove" || body.type === "refuse" || body.type === "room") {
        return me.role === "host" ? moderate(me, body) : failed(403, "NotAllowed")
      }
      if (me.waiting) return failed(403, "NotAllowed")
      const to = seats.find((seat) => seat.id === body.to && seat.role !== me.role)
      if (to === undefined) return failed(404, "RecipientUnknown")
      if (idempotencyKey === null || !keys.has(idempotencyKey)) deliver(to, { ...body, from: me.id })
      if (idempotencyKey !== null) keys.add(idempotencyKey)
      return json(200, { type: "accepted", id: lastId })
    }

    const poll = (token: string, after: number, wait: number): Effect.Effect<Response> =>
      Effect.suspend(() => {
        const me = seats.find((seat) => seat.token === token)
        if (me === undefined) return Effect.succeed(unknown(token))
        const messages = me.inbox.filter((message) => message.id > after)
        const answer = json(200, { messages, cursor: messages.at(-1)?.id ?? after, session: `s${session}` })
        if (messages.length > 0 || wait === 0) return Effect.succeed(answer)
        return Effect.raceFirst(
          Effect.as(Deferred.await(bell), true),
          Effect.as(Effect.sleep(wait * 1000), false)
        ).pipe(Effect.flatMap((again) => (again ? poll(token, after, wait) : Effect.succeed(answer))))
      })

    const fake: typeof FakeService.Service = {
      requests: [],
      instead: [],
      down: false,
      loseAnswers: 0,
      maxGuests: 60,
      ice: { iceServers: [], expiresAt: null, relay: true, policy: "all" },
      polls: () => fake.requests.filter(({ path }) => path === "/messages").length,
      sent: (type) => fake.requests.flatMap(({ body }) => (body?.type === type ? [body] : [])),
      busy: (seconds) => failed(429, "TooManyRequests", { "Retry-After": String(seconds) }),
      forget: Effect.suspend(() => {
        seats = []
        return ring
      }),
      expire: () => {
        expired = true
      },
      forgetEnded: () => {
        forgets = true
        ended = new Set()
      }
    }

    const answer = (request: Request, body: Body | null) =>
      Effect.gen(function* () {
        const url = new URL(request.url)
        const idempotencyKey = request.headers.get("Idempotency-Key")
        const token = request.headers.get("Authorization")?.replace("Bearer ", "") ?? ""
        fake.requests.push({ path: url.pathname, body, key: idempotencyKey, token })
        const instead = fake.down ? "down" : fake.instead.shift()
        if (instead === "silence") return yield* Effect.never
        if (instead === "down") return yield* Effect.die(new TypeError("fetch failed"))
        if (instead !== undefined) return instead
        if (body?.type === "join") {
          const joined = join(body)
          yield* ring
          if (fake.loseAnswers > 0) {
            fake.loseAnswers--
            return yield* Effect.die(new TypeError("fetch failed"))
          }
          return joined
        }
        const query = (name: string) => Number(url.searchParams.get(name) ?? 0)
        if (url.pathname === "/messages") return yield* poll(token, query("after"), query("wait"))
        if (url.pathname === "/turn-credentials/trial") return json(200, fake.ice)
        const me = seats.find((seat) => seat.token === token)
        if (me === undefined) return unknown(token)
        if (url.pathname === "/turn-credentials") return json(200, fake.ice)
        if (body === null) return failed(400, "HttpApiDecodeError")
        const answered = signal(me, body, idempotencyKey)
        yield* ring
        return answered
      })

    return Context.make(FakeService, fake).pipe(
      Context.add(Transport, {
        baseUrl: "http://service.test",
        fetch: async (request: Request) => {
          const body = request.method === "POST" ? await request.text() : ""
          return Runtime.runPromise(runtime)(answer(request, body === "" ? null : JSON.parse(body)), {
            signal: request.signal
          })
        }
      })
    )
  })
)
