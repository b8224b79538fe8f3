import { assert, describe, it } from "@effect/vitest"
import { problemOf } from "../../../media/recording/problems.js"

describe("an error of the File System standard", () => {
  it("becomes a problem with its own tag", () => {
    const tag = (name: string) => problemOf({ name, message: "" })._tag
    assert.deepStrictEqual(
      ["NoSyncFiles", "QuotaExceededError", "NotAllowedError", "NoModificationAllowedError", "NotFoundError", "E"].map(
        tag
      ),
      ["RecordingUnsupported", "StorageFull", "StorageRefused", "RecordingInUse", "RecordingGone", "StorageFailed"]
    )
  })
})
