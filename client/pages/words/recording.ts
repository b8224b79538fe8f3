import type { RecordingProblem } from "../../media/recording/problems.js"
import type { Saying } from "./common.js"

const sizes = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 })

/** A size of files, in the units of file managers. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1e6) return `${sizes.format(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${sizes.format(bytes / 1e6)} MB` : `${sizes.format(bytes / 1e9)} GB`
}

const files = (count: number) => (count === 1 ? "1 file" : `${count} files`)

export const recording = {
  start: "Record",
  stop: "Stop recording",
  starting: "Starting to record…",
  running: "Recording",
  guestBadge: "This conference is being recorded",
  finishing: "Writing the last seconds…",
  unsavedTitle: "Recordings in this browser",
  unsavedDetail: "They stay here until you save or delete them.",
  saveToFolder: "Save to a folder",
  download: "Download",
  remove: "Delete",
  cancel: "Cancel",
  confirmRemove: "Delete this recording?",
  confirmRemoveDetail: "Its files are gone from this browser for good. Copies that you saved stay.",
  downloaded: "Downloaded. Delete it once you have checked the files.",
  dismiss: "Close",
  /** `elapsed` as 1:02:03. */
  status: (elapsed: string, bytes: number, sources: number) =>
    `${elapsed}, ${files(sources)} growing, ${sizeWords(bytes)}`,
  unsaved: (when: string, names: ReadonlyArray<string>, count: number, bytes: number) =>
    `${when}: ${names.join(", ")} (${files(count)}, ${sizeWords(bytes)})`,
  saving: (done: number, of: number) => `Saving ${Math.min(done + 1, of)} of ${of}…`
} as const

/** Some are not in the recording, and the others are. */
export const brokenSaying = (names: ReadonlyArray<string>): Saying => ({
  tone: "warn",
  title: `Not everything of ${names.join(", ")} is recorded`,
  detail: "This browser could not record a camera or microphone. Everyone else’s recording goes on."
})

export const savedSaying = (folder: string, count: number): Saying => ({
  tone: "good",
  title: "The recording is saved",
  detail: `${files(count)} and manifest.json are in the folder “${folder}”.`
})

export const downloadedSaying = (start: string, count: number): Saying => ({
  tone: "good",
  title: "The recording is with your downloads",
  detail: `${files(count)} and a manifest, with names that begin with “${start}”. If your browser asks whether this page may download several files, allow it. Check that all of them arrived, then delete the recording here.`
})

/** The part of the page that records could not be loaded. */
export const recordingUnloaded: Saying = {
  tone: "bad",
  title: "Recording could not be loaded",
  detail: "Check your connection and try again. If that does not help, reload the page."
}

/** Why there is no recording, or why it stopped. */
export const recordingProblemSaying = (problem: RecordingProblem): Saying => {
  switch (problem._tag) {
    case "RecordingUnsupported":
      return {
        tone: "bad",
        title: "This browser cannot record",
        detail: "Recording needs a current Chrome, Edge, Firefox or Safari, and a page with https:// in its address."
      }
    case "StorageFull":
      return {
        tone: "bad",
        title: "The disk is full",
        detail:
          "What was recorded until now is kept. Save it to another disk, or make room on this one, and record again."
      }
    case "StorageRefused":
      return {
        tone: "bad",
        title: "This page may not write files",
        detail: "Use a window that is not private, or allow this page to store data and to write to the folder."
      }
    case "RecordingInUse":
      return {
        tone: "warn",
        title: "Another window has this recording in hand",
        detail: "It is recording or saving it now. Try again when that is done."
      }
    case "RecordingGone":
      return {
        tone: "warn",
        title: "It is not there any more",
        detail: "The recording was saved or deleted in another window, or the folder was moved."
      }
    case "StorageFailed":
      return {
        tone: "bad",
        title: "Writing the recording failed",
        detail: `What was written until then is kept. The browser says: ${problem.message}`
      }
  }
}
