import type { JoinedAsGuest, Message } from "../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../signaling/SignalingErrors.js"
import type { News } from "./Connection.js"

/** What happens to a call, one after the other: a single fiber takes these, so nothing of them races. */
export type GuestInput =
  | { readonly _tag: "Joined"; readonly answer: JoinedAsGuest }
  | { readonly _tag: "Message"; readonly message: Message }
  | { readonly _tag: "Lost"; readonly failure: PeerUnknown | RecipientUnknown | RequestRefused }
  | { readonly _tag: "News"; readonly connection: string; readonly news: News }
  | { readonly _tag: "TimeUp"; readonly timer: number }
  | { readonly _tag: "Reachable"; readonly now: boolean }
  | { readonly _tag: "Woke" }
  | { readonly _tag: "Retry" }
