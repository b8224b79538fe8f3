import type { RecordingProblem } from "../media/recording/problems.js"
import { type Saying, saying } from "./Saying.js"
import { language, t } from "./t.js"

/** A size of files, in the units of file managers. */
export const sizeWords = (bytes: number): string => {
  const sizes = new Intl.NumberFormat(language(), { maximumSignificantDigits: 3 })
  if (bytes < 1e6) return `${sizes.format(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${sizes.format(bytes / 1e6)} MB` : `${sizes.format(bytes / 1e9)} GB`
}

/** Some are not in the recording, and the others are. */
export const brokenSaying = (names: ReadonlyArray<string>): Saying =>
  saying("warn", { title: () => t.recording.broken.title(names), detail: t.recording.broken.detail })

export const savedSaying = (folder: string, count: number): Saying =>
  saying("good", { title: t.recording.saved.title, detail: () => t.recording.saved.detail(folder, count) })

export const downloadedSaying = (start: string, count: number): Saying =>
  saying("good", { title: t.recording.downloaded.title, detail: () => t.recording.downloaded.detail(start, count) })

/** The part of the page that records could not be loaded. */
export const recordingUnloaded = (): Saying => saying("bad", t.recording.unloaded)

/** Why there is no recording, or why it stopped. */
export const recordingProblemSaying = (problem: RecordingProblem): Saying => {
  if (problem._tag === "StorageFailed") {
    const { detail, title } = t.recording.problem.StorageFailed
    return saying("bad", { title, detail: () => detail(problem.message) })
  }
  const tone = problem._tag === "RecordingInUse" || problem._tag === "RecordingGone" ? "warn" : "bad"
  return saying(tone, t.recording.problem[problem._tag])
}
