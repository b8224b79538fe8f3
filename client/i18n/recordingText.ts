import type { RecordingProblem } from "../media/recording/problems.js"
import { type StatusText, statusText } from "./StatusText.js"
import { language, t } from "./t.js"

/** A size of files, in the units of file managers. */
export const sizeWords = (bytes: number): string => {
  const sizes = new Intl.NumberFormat(language(), { maximumSignificantDigits: 3 })
  if (bytes < 1e6) return `${sizes.format(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${sizes.format(bytes / 1e6)} MB` : `${sizes.format(bytes / 1e9)} GB`
}

/** A time of day, with its date if that is not today. */
const momentWords = (at: number): string => {
  const today = new Date(at).toDateString() === new Date().toDateString()
  const date = today ? {} : ({ dateStyle: "medium" } as const)
  return new Intl.DateTimeFormat(language(), { timeStyle: "medium", ...date }).format(at)
}

/** From when to when something was recorded. `until`: null if unknown. */
export const spanWords = (startedAt: string, until: string | null): string => {
  const words = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "medium" })
  const start = new Date(startedAt)
  return until === null ? words.format(start) : words.formatRange(start, new Date(until))
}

const aboutMinutes = (seconds: number) => Math.max(1, Math.round(seconds / 60))

/** The remaining time in words, rounded to minutes, hours or days. */
export const leftWords = (seconds: number): string => {
  const minutes = aboutMinutes(seconds)
  if (minutes < 120) return t.recording.leftMinutes(minutes)
  const hours = Math.floor(seconds / 3600)
  return hours > 99 ? t.recording.leftLong() : t.recording.leftHours(hours)
}

/** Some tracks could not be recorded, and the others are. */
export const brokenText = (names: ReadonlyArray<string>): StatusText =>
  statusText("warn", { title: () => t.recording.broken.title(names), detail: t.recording.broken.detail })

/** The space in this browser ends soon. */
export const spaceText = (seconds: number): StatusText =>
  statusText("warn", { title: () => t.recording.space.title(aboutMinutes(seconds)), detail: t.recording.space.detail })

/** The recording went on by itself, after a gap. */
export const goesOnText = ({ from, to }: { readonly from: number; readonly to: number }): StatusText =>
  statusText("warn", {
    title: t.recording.goesOn.title,
    detail: () => t.recording.goesOn.detail(momentWords(from), momentWords(to))
  })

/** The recording stopped and does not go on by itself. `why`: the cause. */
export const stoppedText = (stoppedAt: number, why: "late" | "unloaded" | RecordingProblem): StatusText =>
  statusText("bad", {
    title: () => t.recording.stopped.title(momentWords(stoppedAt)),
    detail: () => {
      if (why === "late") return t.recording.stopped.late()
      return why === "unloaded" ? t.recording.unloaded.detail() : recordingProblemText(why).detail
    }
  })

/** `count` files are in the folder that was picked. */
export const savedText = (folder: string, count: number): StatusText =>
  statusText("good", { title: t.recording.saved.title, detail: () => t.recording.saved.detail(folder, count) })

/** `count` files went to the browser's downloads; their names begin with `start`. */
export const downloadedText = (start: string, count: number): StatusText =>
  statusText("good", { title: t.recording.downloaded.title, detail: () => t.recording.downloaded.detail(start, count) })

/** The part of the page that records could not be loaded. */
export const recordingUnloaded = (): StatusText => statusText("bad", t.recording.unloaded)

/** Why there is no recording, or why it stopped. */
export const recordingProblemText = (problem: RecordingProblem): StatusText => {
  switch (problem._tag) {
    case "StorageFailed": {
      const { detail, title } = t.recording.problem.StorageFailed
      return statusText("bad", { title, detail: () => detail(problem.message) })
    }
    case "SecondsLost": {
      const { detail, title } = t.recording.problem.SecondsLost
      return statusText("bad", { title, detail: () => detail(problem.names) })
    }
    case "SavingStuck": {
      const { detail, title } = t.recording.problem.SavingStuck
      return statusText("bad", { title, detail: () => detail(problem.file) })
    }
    case "RecordingInUse":
    case "RecordingGone":
      return statusText("warn", t.recording.problem[problem._tag])
    default:
      return statusText("bad", t.recording.problem[problem._tag])
  }
}
