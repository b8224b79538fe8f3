const files = (count: number) => (count === 1 ? "1 file" : `${count} files`)

export const recording = {
  start: "Record",
  stop: "Stop recording",
  starting: "Starting to record…",
  running: "Recording",
  guestBadge: "This conference is being recorded",
  shelf: "Recordings",
  chip: (elapsed: string) => `Recording, ${elapsed}`,
  finishing: "Writing the last seconds…",
  unsavedTitle: "Recordings in this browser",
  unsavedDetail: "They stay here until you save or delete them.",
  saveToFolder: "Save to a folder",
  download: "Download",
  remove: "Delete",
  confirmRemove: "Delete this recording?",
  confirmRemoveDetail: "Its files are gone from this browser for good. Copies that you saved stay.",
  downloadedMark: "Downloaded. Delete it once you have checked the files.",
  /** `elapsed` as 1:02:03, `size` as 12.3 MB. */
  status: (elapsed: string, size: string, sources: number) => `${elapsed}, ${files(sources)} growing, ${size}`,
  unsaved: (when: string, names: ReadonlyArray<string>, count: number, size: string) =>
    `${when}: ${names.join(", ")} (${files(count)}, ${size})`,
  saving: (done: number, of: number) => `Saving ${Math.min(done + 1, of)} of ${of}…`,
  /** Some are not in the recording, and the others are. */
  broken: {
    title: (names: ReadonlyArray<string>) => `Not everything of ${names.join(", ")} is recorded`,
    detail: "This browser could not record a camera or microphone. Everyone else’s recording goes on."
  },
  saved: {
    title: "The recording is saved",
    detail: (folder: string, count: number) => `${files(count)} and manifest.json are in the folder “${folder}”.`
  },
  downloaded: {
    title: "The recording is with your downloads",
    detail: (start: string, count: number) =>
      `${files(count)} and a manifest, with names that begin with “${start}”. If your browser asks whether this page may download several files, allow it. Check that all of them arrived, then delete the recording here.`
  },
  unloaded: {
    title: "Recording could not be loaded",
    detail: "Check your connection and try again. If that does not help, reload the page."
  },
  problem: {
    RecordingUnsupported: {
      title: "This browser cannot record",
      detail: "Recording needs a current Chrome, Edge, Firefox or Safari, and a page with https:// in its address."
    },
    StorageFull: {
      title: "The disk is full",
      detail:
        "What was recorded until now is kept. Save it to another disk, or make room on this one, and record again."
    },
    StorageRefused: {
      title: "This page may not write files",
      detail: "Use a window that is not private, or allow this page to store data and to write to the folder."
    },
    RecordingInUse: {
      title: "Another window has this recording in hand",
      detail: "It is recording or saving it now. Try again when that is done."
    },
    RecordingGone: {
      title: "It is not there any more",
      detail: "The recording was saved or deleted in another window, or the folder was moved."
    },
    StorageFailed: {
      title: "Writing the recording failed",
      detail: (message: string) => `What was written until then is kept. The browser says: ${message}`
    }
  }
}
