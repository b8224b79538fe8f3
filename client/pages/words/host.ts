import type { GuestTile, HostState, Path, Refusal } from "../../rtc/States.js"
import { type Saying, unloaded } from "./common.js"

/** How the media travels, where that is worth a word. */
export const pathWords = (path: Path): string => (path === "relay" ? "through a relay" : "")

/** A guest's state on the host's page. */
export const tileSaying = ({ path, state }: GuestTile): Omit<Saying, "detail"> => {
  switch (state) {
    case "Joined":
      return { tone: "busy", title: "Joined" }
    case "Connecting":
      return { tone: "busy", title: "Connecting" }
    case "Live":
      return { tone: "good", title: path === "relay" ? `Live, ${pathWords(path)}` : "Live" }
    case "Interrupted":
      return { tone: "warn", title: "Interrupted" }
  }
}

export const host = {
  heading: "Host a conference",
  lead: "Start listening, send your guests the link, and their cameras and microphones appear on this page.",
  start: "Start Listening",
  invite: "Invite link",
  inviteHint: "Anyone with this link can join as a guest.",
  copy: "Copy link",
  copied: "Link copied",
  copyFailed: "Select the link and copy it by hand",
  more: "Host from another device",
  hostCopied: "Copied. Open it on the other device, and keep it to yourself.",
  hostCopyFailed: "This browser does not let pages copy.",
  copyHost: "Copy private host address",
  hostHint: "Opens this room on another device of yours, as its host. Keep it to yourself.",
  afresh: "Start afresh",
  end: "End for all",
  guests: "Guests",
  emptyPicture: "Guests’ pictures on their way to this page.",
  emptyTitle: "Nobody is here yet",
  emptyDetail: "Send the invite link. Guests appear here by themselves, and this page may stay in the background.",
  takeOver: "Take over",
  takeOverTitle: "Take over?",
  takeOverDetail:
    "Another window of this browser is hosting this room. Take over, and the conference goes on here: the guests stay, and the other window stops.",
  keyTitle: "Use the host key of this link?",
  keyDetail:
    "This address brings a key that makes its holder the host of this room. Whoever made the link holds it too. Go on only if you copied it yourself; a key of this room that this browser already has is given up for it.",
  keyUse: "Use this key",
  elsewhere: "Start a conference in another room",
  retry: "Try again",
  cancel: "Cancel",
  enterPassword: "Enter the password",
  confirmAfresh: "Start afresh?",
  confirmAfreshGo: "Begin a new session",
  confirmAfreshDetail: (count: number) =>
    `${count === 1 ? "One guest is" : `${count} guests are`} here. Their calls break off, and their pages join again by themselves.`,
  password: "Host password",
  passwordTitle: "This service asks hosts for a password",
  passwordDetail: "Whoever runs it can tell you the password.",
  passwordWrong: "That password is not right. Try again.",
  passwordGo: "Continue",
  cameraOff: "No picture",
  count: (count: number) => (count === 0 ? "No guests" : count === 1 ? "1 guest" : `${count} guests`)
} as const

const hostRefusals: Readonly<Record<Refusal, (message: string) => Omit<Saying, "tone">>> = {
  RoomTaken: () => ({
    title: "This room has another host",
    detail:
      "It belongs to the browser that started it. Open the private host address from there, or start a conference in a room of your own."
  }),
  Replaced: () => ({
    title: "Opened in another window",
    detail: "The conference goes on there. To have it in this window, press Take over: the guests stay."
  }),
  HostPasswordWrong: () => ({
    title: "This service asks hosts for a password",
    detail: "The room opens once the password is right."
  }),
  NotAllowed: () => ({
    title: "This page may not host the room",
    detail: "Its place belongs to another room. Open the host page again in a new tab."
  }),
  RoomFull: (message) => ({ title: "The room is full", detail: message }),
  Unexpected: () => ({
    title: "The service answered something this page does not know",
    detail: "It may have been renewed a moment ago. Reload the page; if that does not help, look at the service’s logs."
  })
}

/** The host's session in words. */
export const hostSaying = (state: HostState, guests: number): Saying => {
  switch (state._tag) {
    case "Idle":
      return { tone: "still", title: "Not listening", detail: "" }
    case "Starting":
      return state.offline
        ? {
            tone: "warn",
            title: "The service cannot be reached",
            detail: "Check your connection. This page goes on trying, and starts as soon as it can."
          }
        : { tone: "busy", title: "Starting…", detail: "" }
    case "Listening":
      return state.offline
        ? {
            tone: "warn",
            title: "Listening, service out of reach",
            detail: "Calls that stand go on. New guests can join as soon as the service is back."
          }
        : { tone: "good", title: "Listening", detail: host.count(guests) }
    case "Refused":
      return { tone: state.refusal === "Replaced" ? "warn" : "bad", ...hostRefusals[state.refusal](state.message) }
    case "Unloaded":
      return unloaded
    case "Ended":
      return {
        tone: "still",
        title: "The conference has ended",
        detail: "All guests are out, and the room is free. You can start again at any time."
      }
  }
}
