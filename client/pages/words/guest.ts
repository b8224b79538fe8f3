import type { DeviceKind } from "../../media/MediaDevices.js"
import type { FailureCause, GuestState, Refusal, Rung, WaitingReason } from "../../rtc/States.js"
import { type Saying, unloaded } from "./common.js"

export const guest = {
  heading: "Join the conference",
  joined: "The conference",
  name: "Your name",
  namePlaceholder: "Guest",
  join: "Join",
  leave: "Leave",
  retry: "Try again",
  joinAgain: "Join again",
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
      return { tone: "warn", title: "Interrupted", detail: rungs[state.rung] }
    case "Failed":
      return { tone: "bad", ...failures[state.cause] }
    case "Refused":
      return { tone: state.refusal === "Replaced" ? "warn" : "bad", ...guestRefusals[state.refusal](state.message) }
    case "Unloaded":
      return unloaded
    case "Ended":
      return {
        tone: "still",
        title: "The host has ended the conference",
        detail: "Nothing is sent any more. If there is another one in this room, you can join again."
      }
    case "Left":
      return {
        tone: "still",
        title: "You have left",
        detail: "Nothing is sent any more. You can join again at any time."
      }
  }
}

const waitingSaying = (reason: WaitingReason): Saying => {
  switch (reason) {
    case "HostAway":
      return {
        tone: "busy",
        title: "The host is away; you are still here",
        detail:
          "The host’s page is closed, or starting again. You keep your place, and the call goes on when it is back."
      }
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
  }
}
