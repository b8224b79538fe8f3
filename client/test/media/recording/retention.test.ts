import { assert, describe, it } from "@effect/vitest"
import { retentionOf } from "../../../media/recording/retention.js"

describe("the retention of a recording", () => {
  it("is promised only by a browser that keeps the promise", () => {
    assert.deepStrictEqual(
      [
        retentionOf(true, "chromium", "Chrome/156"),
        retentionOf(false, "chromium", "Chrome/156"),
        retentionOf(true, "firefox", "Firefox/153.0"),
        retentionOf(false, "firefox", "Firefox/153.0"),
        retentionOf(false, "android", "Android 16; Firefox/153.0"),
        retentionOf(true, "safari", "Safari/605"),
        retentionOf(true, "ios", "Safari/605")
      ],
      ["promised", "spare", "promised", "tenth", "tenth", "week", "week"]
    )
  })
})
