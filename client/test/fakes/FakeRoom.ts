/** One room by the rules of the wire, in memory: what the service does with a database. */
import type { IceConfiguration } from "../../signaling/Signaling.js"
import { type Body, FakeInbox } from "./FakeInbox.js"

interface Peer {
  readonly id: string
  readonly role: "host" | "guest"
  readonly inbox: FakeInbox
  token: string
  name: string
  waiting: boolean
}

/** A claim of the room by one host key, and the peer ids of all guests that were let in under it, by their tokens. */
interface Claim {
  readonly id: string
  readonly hostKey: string
  readonly members: Map<string, string>
}

/** The settings of a deployment. A test may change them. */
export interface FakeSettings {
  /** The most guests in the room. Those who wait are not in. */
  maxGuests: number
  maxWaiting: number
  /** What one sender may leave in an inbox, in messages of 4 kB. */
  maxUnread: number
  hostPassword: string | undefined
  /** What `POST /turn-credentials` answers. */
  ice: IceConfiguration
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } })
export const failed = (status: number, tag: string, headers: Record<string, string> = {}) =>
  json(status, { _tag: tag, message: `${tag}.` }, headers)
const locked = (claim: string | null) => json(403, { _tag: "RoomLocked", message: "RoomLocked.", claim })

const accepted = () => json(200, { type: "accepted" })
const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise)

const openToAll = { waitingRoom: false, locked: false }

export class FakeRoom {
  readonly #settings: FakeSettings
  #peers: ReadonlyArray<Peer> = []
  #claim: Claim | null = null
  /** Set by a test: the host was not seen for so long that its claim is over. */
  expired = false
  /** The tokens of guests of ended sessions. */
  #ended: ReadonlySet<string> = new Set()
  #forgetsEnded = false
  #removed: ReadonlySet<string> = new Set()
  #rules = openToAll
  /** Counts sessions: a host's join that does not resume one begins the next. */
  #session = 1
  #lastId = 0

  constructor(settings: FakeSettings) {
    this.#settings = settings
  }

  get #host() {
    return this.#peers.find(({ role }) => role === "host")
  }
  get #guests() {
    return this.#peers.filter(({ role }) => role === "guest")
  }
  #peerWith(token: string) {
    return this.#peers.find((peer) => peer.token === token)
  }

  #add(role: "host" | "guest", token: string, id: string | undefined, waiting: boolean): Peer {
    const name = role === "host" ? "Host" : "Guest"
    const inbox = new FakeInbox(() => ++this.#lastId)
    const peer = { id: id ?? `p${++this.#lastId}`, role, token, name, waiting, inbox }
    this.#peers = [...this.#peers, peer]
    return peer
  }

  #shown({ id, name, role, waiting }: Peer) {
    const claim = role === "host" ? { claim: this.#claim?.id } : {}
    return { id, role, name, ...(waiting ? { waiting } : {}), ...claim }
  }

  #joined(me: Peer, body: Body) {
    const room = text(body.room, "main")
    return { type: "joined", peer: this.#shown(me), room, session: `s${this.#session}`, cursor: me.inbox.end }
  }

  #unknown(token: string) {
    return this.#ended.has(token) ? failed(410, "SessionEnded") : failed(401, "PeerUnknown")
  }

  /** The claim is over, and so is the session for all who were let in under it. */
  #endClaim() {
    if (!this.#forgetsEnded) this.#ended = new Set([...this.#ended, ...(this.#claim?.members.keys() ?? [])])
    this.#claim = null
    this.#rules = openToAll
  }

  #empty() {
    this.#peers = []
    this.#removed = new Set()
    this.#rules = { ...this.#rules, locked: false }
  }

  /** A join, of a host or a guest. */
  join(body: Body) {
    const token = text(body.token, "")
    const role = body.role === "host" ? "host" : "guest"
    const { hostPassword } = this.#settings
    if (role === "host" && hostPassword !== undefined && body.hostPassword !== hostPassword) {
      return failed(403, "HostPasswordWrong")
    }
    if (this.#ended.has(token)) return failed(410, "SessionEnded")
    if ((this.#peerWith(token)?.role ?? role) !== role) return failed(403, "NotAllowed")
    return role === "host" ? this.#joinHost(body, token) : this.#joinGuest(body, token)
  }

  #joinHost(body: Body, token: string) {
    const former = this.#claim
    const key = text(body.hostKey, "")
    const sameKey = former?.hostKey === key
    // A wrong password was refused earlier.
    const gavePassword = this.#settings.hostPassword !== undefined
    if (former !== null && !sameKey && !this.expired && !gavePassword) return failed(409, "RoomTaken")
    const resumes = body.resume === true && former !== null && (sameKey || (gavePassword && !this.expired))
    const keepsSession = resumes || (sameKey && this.#host?.token === token)
    if (!keepsSession) {
      if (!sameKey) this.#endClaim()
      this.#empty()
      this.#session++
    }
    if (!sameKey) {
      // Messages to the former host are not for this one.
      this.#peers = this.#guests
      this.#claim = { id: `c${++this.#lastId}`, hostKey: key, members: new Map(keepsSession ? former?.members : []) }
    }
    this.expired = false
    const me = this.#host ?? this.#add("host", token, undefined, false)
    me.token = token
    me.name = text(body.name, me.name)
    for (const { inbox, waiting } of this.#guests) {
      if (resumes && !waiting) inbox.tell(me.id, { type: "host-joined", peer: this.#shown(me) })
    }
    return json(200, {
      ...this.#joined(me, body),
      ...this.#rules,
      guests: this.#guests.map((guest) => this.#shown(guest))
    })
  }

  #joinGuest(body: Body, token: string) {
    const known = this.#peerWith(token)
    const waiting = this.#rules.waitingRoom
    if (known === undefined) {
      if (this.#removed.has(token)) return failed(403, "Removed")
      if (this.#rules.locked) return locked(this.#claim?.id ?? null)
      const taken = this.#guests.filter((guest) => guest.waiting === waiting).length
      if (taken >= this.#settings[waiting ? "maxWaiting" : "maxGuests"]) return failed(409, "RoomFull")
    }
    const me = known ?? this.#add("guest", token, this.#claim?.members.get(token), waiting)
    me.name = text(body.name, me.name)
    this.#claim?.members.set(token, me.id)
    const host = this.#host
    const claim = this.#claim?.id ?? null
    host?.inbox.tellPresence(me.id, { type: "joined", peer: this.#shown(me) })
    const offered = host === undefined || me.waiting ? null : this.#offer(me, host, body)
    const place = this.#joined(me, body)
    return json(200, {
      ...place,
      // The answer to an offer that was there already may have come.
      cursor: offered === null ? place.cursor : Math.min(place.cursor, offered - 1),
      host: host === undefined || me.waiting ? null : this.#shown(host),
      hosting: claim !== null ? "claimed" : this.#session > 1 ? "ended" : "never",
      claim,
      offered
    })
  }

  /** Delivers the offer that came with a join, if it names no claim or that of the host. */
  #offer(guest: Peer, host: Peer, { offer }: Body) {
    if (offer === undefined) return null
    const { claim, ...call } = Object(offer)
    if (claim !== undefined && claim !== this.#claim?.id) return null
    return host.inbox.post(guest.id, { ...call, type: "offer" }, `offer ${call.connection}`, this.#settings.maxUnread)
  }

  /** Every other request to `POST /signaling`. */
  signal(token: string, body: Body, key: string | null) {
    const me = this.#peerWith(token)
    if (me === undefined) return this.#unknown(token)
    switch (body.type) {
      case "leave":
        return this.#leave(me, body.end === true)
      case "away":
        if (me.role === "host") return failed(403, "NotAllowed")
        this.#host?.inbox.tellPresence(me.id, { type: "away" })
        return accepted()
      case "admit":
      case "remove":
      case "refuse":
      case "room":
        return me.role === "host" ? this.#moderate(me, body) : failed(403, "NotAllowed")
      default:
        return me.waiting ? failed(403, "NotAllowed") : this.#send(me, body, key)
    }
  }

  #send(me: Peer, body: Body, key: string | null) {
    const to = this.#peers.find(({ id, role }) => id === body.to && role !== me.role)
    if (to === undefined) return failed(404, "RecipientUnknown")
    const id = to.inbox.post(me.id, body, key ?? `no key ${this.#lastId}`, this.#settings.maxUnread)
    return id === null ? failed(429, "InboxFull", { "Retry-After": "5" }) : json(200, { type: "accepted", id })
  }

  #leave(me: Peer, end: boolean) {
    if (end && me.role === "guest") return failed(403, "NotAllowed")
    this.#peers = this.#peers.filter((peer) => peer !== me)
    if (end) {
      this.#endClaim()
      this.#empty()
    }
    if (me.role === "guest") this.#host?.inbox.deleteFrom(me.id)
    for (const { inbox, role } of this.#peers) if (role !== me.role) inbox.tell(me.id, { type: "left" })
    return accepted()
  }

  /** Requests that only a host may make. */
  #moderate(host: Peer, body: Body) {
    const guest = this.#guests.find(({ id }) => id === body.peer)
    const waiting = this.#guests.filter((peer) => peer.waiting)
    switch (body.type) {
      case "room": {
        if (body.waitingRoom === false && !this.#admitAll(host, waiting)) return failed(409, "RoomFull")
        const { locked = this.#rules.locked, waitingRoom = this.#rules.waitingRoom } = body
        this.#rules = { locked: locked === true, waitingRoom: waitingRoom === true }
        return accepted()
      }
      case "admit":
        if (guest === undefined) return failed(404, "RecipientUnknown")
        return this.#admitAll(host, guest.waiting ? [guest] : []) ? accepted() : failed(409, "RoomFull")
      case "refuse":
        for (const { id, token } of waiting) {
          this.#removeGuest(host, token, id)
          host.inbox.tell(id, { type: "left" })
        }
        return accepted()
      case "remove": {
        // One who has just left is removed as well.
        const [token, id] = [...(this.#claim?.members ?? [])].find(([, id]) => id === body.peer) ?? []
        if (token === undefined || id === undefined) return failed(404, "RecipientUnknown")
        this.#removeGuest(host, token, id)
        return accepted()
      }
      default:
        throw new Error(`No request of a host: ${body.type}`)
    }
  }

  /** Lets these guests in, if there is a place for all of them. */
  #admitAll(host: Peer, guests: ReadonlyArray<Peer>) {
    const inside = this.#guests.filter(({ waiting }) => !waiting).length
    if (guests.length > 0 && inside + guests.length > this.#settings.maxGuests) return false
    for (const guest of guests) {
      guest.waiting = false
      guest.inbox.tell(host.id, { type: "admitted", host: this.#shown(host) })
    }
    return true
  }

  #removeGuest(host: Peer, token: string, id: string) {
    host.inbox.deleteFrom(id)
    this.#removed = new Set([...this.#removed, token])
    this.#peers = this.#peers.filter((peer) => peer.token !== token)
  }

  /** Reads the caller's inbox, and whether it is empty after the cursor. */
  readInbox(token: string, after: number) {
    const me = this.#peerWith(token)
    if (me === undefined) return { isEmpty: false, answer: this.#unknown(token) }
    const messages = me.inbox.after(after)
    const cursor = messages.at(-1)?.id ?? after
    return { isEmpty: messages.length === 0, answer: json(200, { messages, cursor, session: `s${this.#session}` }) }
  }

  /** ICE servers for a peer. */
  credentials(token: string) {
    return this.#peerWith(token) === undefined ? this.#unknown(token) : json(200, this.#settings.ice)
  }

  forget() {
    this.#peers = []
  }
  forgetEnded() {
    this.#forgetsEnded = true
    this.#ended = new Set()
  }
}
