import { randomBytes } from "node:crypto"

/** Somebody without a page who knows a room's address and asks to join. */
export interface Stranger {
  /** Joins, also repeatedly, and returns the HTTP status. */
  readonly knock: () => Promise<number>
  /** Joins, and then sends the host this many offers, one after the other, none of them usable. */
  readonly flood: (offers: number) => Promise<void>
}

export const aStranger = (url: string, room: string, name = "Stranger"): Stranger => {
  const token = randomBytes(32).toString("base64url")
  const post = async (body: object) => {
    const answer = await fetch(`${url}/signaling`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(body)
    })
    const said: { readonly host?: { readonly id?: string } } = Object(await answer.json())
    return { said, status: answer.status }
  }
  const join = () => post({ type: "join", role: "guest", token, room, name })
  return {
    knock: async () => (await join()).status,
    flood: async (offers) => {
      const to = (await join()).said.host?.id
      for (let count = 0; count < offers; count++)
        await post({ type: "offer", to, connection: `c${count}`, sdp: "none" })
    }
  }
}
