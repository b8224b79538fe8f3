import { type Accessor, createSignal } from "solid-js"
import type { ChatLine } from "../../components/Chat.js"
import type { GuestTile } from "../../rtc/States.js"
import { t } from "../../words/t.js"
import type { SessionModel } from "./createSession.js"

/** The chat, which runs over the host's page: what one writes it tells to all who are in. */
export const createChat = (guests: Accessor<ReadonlyArray<GuestTile>>, ask: SessionModel["ask"]) => {
  const [lines, setLines] = createSignal<ReadonlyArray<ChatLine>>([])

  /** `author`: the peer id of the guest who wrote it; null for the host. */
  const tell = (author: string | null, from: string, text: string) => {
    const id = crypto.randomUUID()
    setLines((before) => [...before, { id, from, text, own: author === null, at: Date.now() }])
    for (const { peer, state } of guests()) {
      if (state === "Waiting") continue
      const own = peer.id === author ? { own: true } : {}
      ask((calls) => calls.tell(peer.id, { type: "chat", id, from, text, ...own }))
    }
  }

  return {
    lines,
    write: (text: string) => tell(null, t.host.name(), text),
    hear: (guest: string, text: string) => {
      const tile = guests().find(({ peer }) => peer.id === guest)
      if (tile !== undefined) tell(guest, tile.peer.name, text)
    }
  } as const
}
