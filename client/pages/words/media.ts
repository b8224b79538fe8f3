import type { MediaProblem } from "../../media/MediaDevices.js"
import type { Saying } from "./common.js"

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
