const files = (count: number) => (count === 1 ? "1 file" : `${count} files`)

export const recording = {
  start: "Record",
  stop: "Stop recording",
  begin: "Start recording",
  starting: "Starting to record…",
  shelf: "Recordings",
  chip: (elapsed: string) => `Recording, ${elapsed}`,
  finishing: "Writing the last seconds…",
  idleTitle: "Nothing is being recorded",
  idleDetail:
    "Each person is recorded into files of their own, in this browser: the sound without a gap, and camera and screen while they are on. One more file has everybody together, as guests see it. Everyone is told that it is recorded.",
  runningTitle: (elapsed: string) => `Recording for ${elapsed}`,
  /** The people who are being recorded. */
  who: (names: ReadonlyArray<string>) => (names.length === 0 ? "Nobody is in it yet" : names.join(", ")),
  /** The name of the file with everybody, among those of each person. */
  whole: "Everyone together",
  written: (size: string) => `${size} written`,
  leftUnknown: "Measuring how long the space in this browser lasts…",
  leftMinutes: (minutes: number) => `Space for about ${minutes === 1 ? "a minute" : `${minutes} minutes`} more`,
  leftHours: (hours: number) => `Space for more than ${hours} hours`,
  leftLong: "Space for days",
  unsavedTitle: "Recordings in this browser",
  noneKept: "No recording is kept in this browser.",
  retention: {
    promised: "This browser keeps them until you save or delete them here, or clear the data of this page.",
    week: "This browser deletes them after seven days of use in which you do not visit this page. Save them soon.",
    tenth:
      "Firefox gives this page 10 GiB or a tenth of the disk, whichever is less, and may delete recordings when the disk is nearly full. Save them soon.",
    spare: "This browser may delete them when the disk is nearly full. Save them soon."
  },
  privateWindow: "A private window forgets them when it is closed.",
  saveToFolder: "Save to a folder",
  download: "Download",
  remove: "Delete",
  confirmRemove: "Delete this recording?",
  confirmRemoveDetail: "Its files are gone from this browser for good. Copies that you saved stay.",
  downloadedMark: "Downloaded. Delete it once you have checked the files.",
  unsaved: (when: string, names: ReadonlyArray<string>, count: number, size: string) =>
    `${when}: ${names.join(", ")} (${files(count)}, ${size})`,
  /** The recording's list of people is lost. */
  unlisted: (when: string, count: number, size: string) =>
    `${when}, without a list of who is in it (${files(count)}, ${size})`,
  saving: (done: number, of: number) => `Saving ${Math.min(done + 1, of)} of ${of}…`,
  /** Some tracks could not be recorded, and the others are. */
  broken: {
    title: (names: ReadonlyArray<string>) => `Not everything of ${names.join(", ")} is recorded`,
    detail: "This browser could not record a camera or microphone. Everyone else’s recording goes on."
  },
  muted: {
    /** The camera is off as well. */
    absent: "You are muted, and will not be in the recording",
    unheard: "You are muted, and will not be heard in the recording"
  },
  space: {
    title: (minutes: number) =>
      `Space for about ${minutes === 1 ? "a minute" : `${minutes} minutes`} of recording is left`,
    detail:
      "Then the recording ends in order, and all of it is kept. Delete recordings that you have saved, or make room on the disk."
  },
  goesOn: {
    title: "The recording goes on",
    detail: (from: string, to: string) =>
      `This page was away. From ${from} to ${to} nothing was recorded; all before that is kept, and what comes now belongs to the same recording.`
  },
  stopped: {
    title: (at: string) => `The recording stopped at ${at}`,
    late: "This page was away for more than ten minutes, so it does not go on by itself. What was recorded until then is kept.",
    goOn: "Go on recording"
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
    title: "The part of the page that records could not be loaded",
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
      title: "Another window is using this recording",
      detail: "It is recording or saving it now. Try again when that is done."
    },
    RecordingGone: {
      title: "It is not there any more",
      detail: "The recording was saved or deleted in another window, or the folder was moved."
    },
    SpaceUsedUp: {
      title: "The space in this browser is used up",
      detail:
        "The recording has ended in order, and all of it is kept. Save it and delete it here, or make room on the disk, and record again."
    },
    SecondsLost: {
      title: "The last seconds are missing",
      detail: (names: ReadonlyArray<string>) =>
        `The recording has ended. The browser did not write the end of what ${names.join(", ")} sent; everything before that is kept.`
    },
    SavingStuck: {
      title: "Saving does not go on",
      detail: (file: string) =>
        `${file} could not be written in time. The whole recording is still in this browser: check the disk or the folder, and save it again.`
    },
    StorageFailed: {
      title: "Writing the recording failed",
      detail: (message: string) => `What was written until then is kept. The browser says: ${message}`
    }
  }
}
