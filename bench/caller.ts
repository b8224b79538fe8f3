import { randomBytes } from "node:crypto"
import * as Schema from "effect/Schema"
import { Messages } from "../api/contract/Messages.js"
import { JoinedAsGuest, JoinedAsHost } from "../api/contract/Responses.js"

/** A peer token, a host key: 32 random bytes, base64url. */
export const secret = (): string => randomBytes(32).toString("base64url")

/** A request to `POST /signaling`. */
export const say = (origin: string, token: string | undefined, body: Readonly<Record<string, unknown>>): Request =>
  new Request(`${origin}/signaling`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
    },
    body: JSON.stringify(body)
  })

/** A request for an inbox. */
export const poll = (origin: string, token: string, after: number, wait = 0): Request =>
  new Request(`${origin}/messages?after=${after}&wait=${wait}`, { headers: { authorization: `Bearer ${token}` } })

const read = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknownPromise(schema)
  return async (response: Response): Promise<A> => {
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`)
    return decode(body)
  }
}

export const readHost = read(JoinedAsHost)
export const readGuest = read(JoinedAsGuest)
export const readMessages = read(Messages)
