import { randomBytes } from "node:crypto"

/** Somebody without a page, who knows the address of a room and asks to come in. */
export interface Stranger {
  /** Asks, once more too, and gives the status of the answer. */
  readonly knock: () => Promise<number>
}

export const aStranger = (url: string, room: string, name = "Stranger"): Stranger => {
  const token = randomBytes(32).toString("base64url")
  return {
    knock: async () => {
      const answer = await fetch(`${url}/signaling`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ type: "join", role: "guest", token, room, name })
      })
      await answer.text()
      return answer.status
    }
  }
}
