/** Every sentence that a person reads, in one place: a second language is a second file of this shape. */
import type { DeviceKind, MediaProblem } from "../media/MediaDevices.js"
import type { FailureCause, GuestState, GuestTile, HostState, Path, Refusal, Rung } from "../rtc/States.js"

/** How a thing stands, at a glance: the colour and shape of its mark. Never said by colour alone. */
export type Tone = "still" | "busy" | "good" | "warn" | "bad"

/** What happened, and what it means or what to do. */
export interface Saying {
  readonly tone: Tone
  readonly title: string
  readonly detail: string
}

export const productName = "CF Video Conference"

export const landing = {
  title: "Your guests open a link. You see them all.",
  lead: "Start a conference, send the link, and each guest’s camera and microphone arrive in your browser. Nothing to install, no account to make.",
  start: "Start a conference",
  joinLabel: "Room code or invite link",
  join: "Join",
  unreadable: "That is neither a room code nor an invite link. Paste the whole link that the host sent you.",
  facts: [
    { title: "From browser to browser", text: "Pictures and sound take the shortest way, and travel encrypted." },
    { title: "The room is yours", text: "Its key stays in your browser. Nobody else can take the room over." },
    { title: "It mends itself", text: "A reload or a change of network does not end the conference." }
  ],
  picture: "Three guests’ pictures run together into the host’s page."
} as const

export const roomUnreadable: Saying = {
  tone: "bad",
  title: "This link is damaged",
  detail: "The room’s name in it has characters that no room can have. Ask for the link again, and copy all of it."
}

export const unsupported: Saying = {
  tone: "bad",
  title: "This browser cannot make video calls",
  detail: "Open the link in a current Chrome, Edge, Firefox or Safari."
}

/** The calls' part of a page did not come. */
const unloaded: Saying = {
  tone: "bad",
  title: "Part of this page could not be loaded",
  detail:
    "Check your connection, then try again. If the service was renewed a moment ago, trying again loads the new page."
}

export const media = {
  camera: "Camera",
  microphone: "Microphone",
  none: { camera: "No camera", microphone: "No microphone" },
  unnamed: { camera: "Camera", microphone: "Microphone" },
  standard: { camera: "Default camera", microphone: "Default microphone" },
  asking: "Your browser is asking to use your camera and microphone. Allow both, and you will see yourself here.",
  opening: "Starting your camera…",
  cameraOff: "Your camera is off",
  self: "You",
  mute: "Mute microphone",
  unmute: "Unmute microphone",
  cameraStop: "Turn camera off",
  cameraStart: "Turn camera on",
  tryAgain: "Ask again",
  playSound: "Play sound"
} as const

const device = { camera: "camera", microphone: "microphone" } as const

/** Why a camera or microphone is not there, and what to do. */
export const problemSaying = ({ _tag, kind }: MediaProblem): Saying => {
  const name = device[kind]
  const saying = (title: string, detail: string): Saying => ({ tone: "warn", title, detail })
  switch (_tag) {
    case "DeviceMissing":
      return saying(`No ${name} was found`, `Plug one in, or join without a ${name}.`)
    case "PermissionRefused":
      return saying(
        `This page may not use your ${name}`,
        `Click the icon left of the address, allow the ${name}, then ask again. If it is allowed there, allow your browser in the system’s privacy settings.`
      )
    case "DeviceBusy":
      return saying(
        `Your ${name} does not start`,
        `Another program may be using it. Close that program and ask again, or pick another ${name}.`
      )
    case "DeviceUnsuitable":
      return saying(
        `That ${name} cannot be used`,
        `It is gone, or cannot give what a call needs. Pick another ${name}.`
      )
    case "PageInsecure":
      return saying(
        `Browsers give no ${name} to this address`,
        "It is not secure. Open the same page with https:// at the start of its address."
      )
    case "DeviceLost":
      return saying(
        `Your ${name} stopped`,
        `It was unplugged, or its permission was taken back. Plug it in and ask again, or pick another ${name}.`
      )
    case "CaptureFailed":
      return saying(`Your ${name} does not start`, `Ask again, pick another ${name}, or restart the browser.`)
  }
}

export const guest = {
  heading: "Join the conference",
  joined: "The conference",
  name: "Your name",
  namePlaceholder: "Guest",
  join: "Join",
  leave: "Leave",
  retry: "Try again",
  back: "Join here",
  hostPicture: "The host"
} as const

const failures: Readonly<Record<FailureCause, Omit<Saying, "tone">>> = {
  NoRelay: {
    title: "Your network and the host’s do not meet",
    detail: "They need a relay between them, and this service has none. Try another network, such as your phone’s."
  },
  RelayRefused: {
    title: "The relay does not let this call through",
    detail: "The networks need a relay, and it gave no way in. Try again in a minute; if it stays so, tell the host."
  },
  NetworkBlocks: {
    title: "Your network blocks video calls",
    detail: "Every way was tried, the relay too. Turn off a VPN, or try another network, such as your phone’s."
  },
  HostGone: {
    title: "The host does not answer",
    detail: "The host’s page may be closed or asleep. Ask the host to open it, then try again."
  }
}

const rungs: Readonly<Record<Rung, string>> = {
  Watching: "Picture and sound have paused. Most such gaps close by themselves.",
  RestartingIce: "Looking for a new way through the network.",
  NewConnection: "Building the connection anew.",
  RelayOnly: "Trying the way through the relay."
}

const guestRefusals: Readonly<Record<Refusal, (message: string) => Omit<Saying, "tone">>> = {
  RoomFull: () => ({
    title: "The room is full",
    detail: "It holds as many guests as it may. Ask the host to make a place, then try again."
  }),
  Replaced: () => ({
    title: "You joined in another window",
    detail: "The call goes on there. To have it in this window, press Join here."
  }),
  NotAllowed: () => ({
    title: "This page may not join the room",
    detail: "Its place belongs to another room. Open the host’s link again in a new tab."
  }),
  RoomTaken: (message) => ({ title: "The room did not let you in", detail: message }),
  HostPasswordWrong: (message) => ({ title: "The room did not let you in", detail: message }),
  Unexpected: () => ({
    title: "The service answered something this page does not know",
    detail: "It may have been renewed a moment ago. Reload the page; if that does not help, tell the host."
  })
}

const whatTheHostGets = (camera: boolean, microphone: boolean) => {
  if (camera && microphone) return "The host sees and hears you."
  if (camera) return "The host sees you. Your microphone is off."
  return microphone
    ? "The host hears you. Your camera is off."
    : "The host neither sees nor hears you: camera and microphone are off."
}

/** A guest's call in words. `sent`: whether the camera and the microphone are sending. */
export const guestSaying = (state: GuestState, sent: Readonly<Record<DeviceKind, boolean>>): Saying => {
  switch (state._tag) {
    case "Idle":
      return { tone: "still", title: "Ready to join", detail: "" }
    case "Joining":
      return state.offline
        ? {
            tone: "warn",
            title: "The service cannot be reached",
            detail: "Check your connection. This page goes on trying, and joins as soon as it can."
          }
        : { tone: "busy", title: "Joining…", detail: "Asking for your place in the room." }
    case "Waiting":
      return waitingSaying(state.reason)
    case "Connecting":
      return { tone: "busy", title: "Connecting…", detail: "The host is there. Picture and sound follow in a moment." }
    case "Live":
      return { tone: "good", title: "Live", detail: whatTheHostGets(sent.camera, sent.microphone) }
    case "Recovering":
      return {
        tone: "warn",
        title: "Interrupted",
        detail: state.hostAway
          ? "The host’s page has gone quiet. You keep your place, and the call goes on when it is back."
          : rungs[state.rung]
      }
    case "Failed":
      return { tone: "bad", ...failures[state.cause] }
    case "Refused":
      return { tone: state.refusal === "Replaced" ? "warn" : "bad", ...guestRefusals[state.refusal](state.message) }
    case "Unloaded":
      return unloaded
    case "Left":
      return {
        tone: "still",
        title: "You have left",
        detail: "Nothing is sent any more. You can join again at any time."
      }
  }
}

const waitingSaying = (reason: "NotStarted" | "HostLeft" | "SessionEnded"): Saying => {
  switch (reason) {
    case "NotStarted":
      return {
        tone: "busy",
        title: "Waiting for the host",
        detail: "You are in. You will be connected as soon as the host starts."
      }
    case "HostLeft":
      return {
        tone: "busy",
        title: "The host has left",
        detail: "Stay here if you like: you will be connected when the host is back."
      }
    case "SessionEnded":
      return {
        tone: "still",
        title: "The host has ended the conference",
        detail: "You can leave. If the host starts again, you will be connected."
      }
  }
}

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
