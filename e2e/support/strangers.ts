import { randomBytes } from "node:crypto"

/** Somebody without a page, who knows the address of a room and asks to come in. */
export interface Stranger {
  /** Asks, once more too, and gives the status of the answer. */
  readonly knock: () => Promise<number>
  /** Asks, and then offers the host so many connections, one after the other, of which none can be used. */
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
