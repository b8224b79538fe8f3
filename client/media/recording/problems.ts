import * as Data from "effect/Data"
import { type Failure, noSyncFiles } from "./workerServer.js"

/** This browser cannot write a recording to its disk as it comes, or cannot record at all. */
export class RecordingUnsupported extends Data.TaggedError("RecordingUnsupported") {}

/** The disk is full, or the browser's share of it. What was written until then is kept. */
export class StorageFull extends Data.TaggedError("StorageFull") {}

/** The browser or the person refuses to have files written: a private window, blocked storage, a folder not allowed. */
class StorageRefused extends Data.TaggedError("StorageRefused") {}

/** Another page of this browser is recording, saving or deleting this recording. */
export class RecordingInUse extends Data.TaggedError("RecordingInUse") {}

/** The recording is gone. */
export class RecordingGone extends Data.TaggedError("RecordingGone") {}

/** Stopped while there was still room to end properly. */
export class SpaceUsedUp extends Data.TaggedError("SpaceUsedUp") {}

/** The recording has ended, but the browser did not give the last seconds of these, or did not write them in time. */
export class SecondsLost extends Data.TaggedError("SecondsLost")<{ readonly names: ReadonlyArray<string> }> {}

/** A file was not finished in time while it was saved. All of them are still in this browser. */
export class SavingStuck extends Data.TaggedError("SavingStuck")<{ readonly file: string }> {}

/** Anything else. `message` is the browser's own. */
export class StorageFailed extends Data.TaggedError("StorageFailed")<{ readonly message: string }> {}

export type RecordingProblem =
  | RecordingUnsupported
  | StorageFull
  | StorageRefused
  | RecordingInUse
  | RecordingGone
  | SpaceUsedUp
  | SecondsLost
  | SavingStuck
  | StorageFailed

/** The errors of the File System standard: https://fs.spec.whatwg.org */
export const problemOf = ({ message, name }: Failure): RecordingProblem => {
  switch (name) {
    case noSyncFiles:
      return new RecordingUnsupported()
    case "QuotaExceededError":
      return new StorageFull()
    case "NotAllowedError":
    case "SecurityError":
      return new StorageRefused()
    case "NoModificationAllowedError":
      return new RecordingInUse()
    case "NotFoundError":
      return new RecordingGone()
    default:
      return new StorageFailed({ message: `${name}: ${message}` })
  }
}
