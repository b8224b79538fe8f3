/** The inbox of one peer, in memory. */

export type Body = Record<string, unknown> & { readonly type: string }

interface Kept {
  readonly message: Body & { readonly id: number; readonly from: string }
  /** The sender's key; null: the service's own messages, which count for no quota. */
  readonly key: string | null
  /** The bytes that count for the sender's quota. */
  readonly weight: number
}

/** A message counts for at least this many bytes. */
const minWeight = 4096
const messagesPerPoll = 100

export class FakeInbox {
  #kept: ReadonlyArray<Kept> = []
  readonly #nextId: () => number

  /** All inboxes of a room share one sequence of ids, as those of the service share its clock. */
  constructor(nextId: () => number) {
    this.#nextId = nextId
  }

  /** The id of the last message, or 0. */
  get end() {
    return this.#kept.at(-1)?.message.id ?? 0
  }

  after(cursor: number) {
    return this.#kept.flatMap(({ message }) => (message.id > cursor ? [message] : [])).slice(0, messagesPerPoll)
  }

  #put(from: string, body: Body, key: string | null, weight: number) {
    const id = this.#nextId()
    this.#kept = [...this.#kept, { message: { ...body, id, from }, key, weight }]
    return id
  }

  /** Adds a message of the service itself. */
  tell(from: string, body: Body) {
    this.#put(from, body, null, 0)
  }

  /** Adds that a guest is there or away, in place of older messages of the same kind. */
  tellPresence(from: string, body: Body) {
    this.#kept = this.#kept.filter(
      ({ message }) => message.from !== from || (message.type !== "away" && message.type !== body.type)
    )
    this.tell(from, body)
  }

  /** Adds a message, once for each key. Returns its id; null: its sender has left too much here. */
  post(from: string, body: Body, key: string, maxUnread: number) {
    const own = this.#kept.filter((kept) => kept.message.from === from && kept.key !== null)
    const repeated = own.find((kept) => kept.key === key)
    if (repeated !== undefined) return repeated.message.id
    const { candidates, complete, connection, sdp, type } = body
    const fields = { connection, sdp, candidates, complete }
    const weight = Math.max(new TextEncoder().encode(JSON.stringify(fields)).byteLength, minWeight)
    // The oldest counts for nothing.
    const unread = own.slice(1).reduce((sum, kept) => sum + kept.weight, weight)
    return unread > (maxUnread - 1) * minWeight ? null : this.#put(from, { ...fields, type }, key, weight)
  }

  /** Deletes all messages of this peer. */
  deleteFrom(from: string) {
    this.#kept = this.#kept.filter(({ message }) => message.from !== from)
  }
}
