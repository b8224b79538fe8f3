import { browserFamily } from "../media/browserFamily.js"
import type { Change } from "../media/Capture.js"
import type { LoudspeakerChange } from "../media/loudspeakerChange.js"
import type { DeviceKind, MediaProblem } from "../media/MediaDevices.js"
import { type StatusText, statusText } from "./StatusText.js"
import { t } from "./t.js"

/** How to grant the permission in this browser. */
const permission = () => t.media.permission[browserFamily(navigator.userAgent, navigator.maxTouchPoints)]

/** Why a camera or microphone cannot be used, and what to do in this browser. */
export const problemText = ({ _tag, kind }: MediaProblem): StatusText => {
  const words = t.media.problem[kind]
  if (_tag !== "PermissionRefused") return statusText("warn", words[_tag])
  return statusText("warn", { title: words.PermissionRefused.title, detail: permission() })
}

/** One text for a problem of both camera and microphone. Undefined if each needs a text of its own. */
export const bothText = ({ _tag }: MediaProblem): StatusText | undefined => {
  const words = t.media.problem.both
  switch (_tag) {
    case "PermissionRefused":
      return statusText("warn", { title: words.PermissionRefused.title, detail: permission() })
    case "DeviceBusy":
    case "DeviceMissing":
    case "PageInsecure":
      return statusText("warn", words[_tag])
    default:
      return undefined
  }
}

/** A device was unplugged, or is back. `label`: of the device that is used now. */
export const changeText = (kind: DeviceKind, change: Change, label: string): StatusText => {
  const used = () => t.media.changed[kind](label || t.media.standard[kind]())
  return change._tag === "Instead"
    ? { tone: "warn", title: t.media.changed.gone(change.of || t.media[kind]()), detail: used() }
    : { tone: "good", title: t.media.changed.back(label || t.media[kind]()), detail: used() }
}

/** The same for a speaker. */
export const speakerText = ({ _tag, of }: LoudspeakerChange): StatusText =>
  _tag === "Instead"
    ? { tone: "warn", title: t.media.changed.gone(of || t.media.speaker()), detail: t.media.changed.speaker() }
    : { tone: "good", title: t.media.changed.back(of || t.media.speaker()), detail: t.media.changed.speakerBack() }
