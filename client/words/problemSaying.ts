import { browserFamily } from "../media/browserFamily.js"
import type { MediaProblem } from "../media/MediaDevices.js"
import { type Saying, saying } from "./Saying.js"
import { t } from "./t.js"

/** Why a camera or microphone is not there, and what to do in this very browser. */
export const problemSaying = ({ _tag, kind }: MediaProblem): Saying => {
  const words = t.media.problem[kind]
  if (_tag !== "PermissionRefused") return saying("warn", words[_tag])
  const family = browserFamily(navigator.userAgent, navigator.maxTouchPoints)
  return saying("warn", { title: words.PermissionRefused.title, detail: t.media.permission[family] })
}
