import type { JoinedAsGuest, Message } from "../signaling/Signaling.js"
import type { PeerUnknown, RecipientUnknown, RequestRefused } from "../signaling/SignalingErrors.js"
import type { ConnectionEvent } from "./Connection.js"

/** What happens to a call, one after the other: a single fiber takes these, so nothing of them races. */
export type GuestInput =
  /** A person presses *Join*, or a reloaded page takes its place again. */
  | { readonly _tag: "Enter"; readonly pressed: boolean; readonly steal: boolean }
  /** Another tab of this browser has taken the place. */
  | { readonly _tag: "Displaced" }
  | { readonly _tag: "Joined"; readonly answer: JoinedAsGuest }
  | { readonly _tag: "Message"; readonly message: Message }
  | { readonly _tag: "Lost"; readonly failure: PeerUnknown | RecipientUnknown | RequestRefused }
  | { readonly _tag: "Connection"; readonly connection: string; readonly event: ConnectionEvent }
  /** A move to a new relay has had its time. */
  | { readonly _tag: "Moved" }
  | { readonly _tag: "TimeUp"; readonly timer: number }
  | { readonly _tag: "Reachable"; readonly now: boolean }
  | { readonly _tag: "Woke" }
  | { readonly _tag: "Retry" }
