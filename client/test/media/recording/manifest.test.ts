import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import {
  encodeStoredManifest,
  manifestText,
  newestStoredManifest,
  type StoredManifest
} from "../../../media/recording/manifest.js"
import { fromSlot, toSlot } from "../../../media/recording/manifestSlots.js"

describe("a manifest that is stored", () => {
  const stored: StoredManifest = {
    revision: 3,
    downloaded: false,
    ended: false,
    room: "main",
    manifest: {
      version: 1,
      startedAt: "2026-01-02T03:04:05.678Z",
      segments: [
        {
          file: "Ada-1.webm",
          name: "Ada",
          peer: "p1",
          kind: "camera",
          mime: "video/webm",
          offsetMs: 12,
          durationMs: null,
          bytes: 0,
          finished: false
        }
      ]
    }
  }

  const written = FastCheck.record({
    revision: FastCheck.constant(0),
    name: FastCheck.string({ unit: "binary", maxLength: 300 })
  }).map(({ name, revision }) => ({ ...stored, revision, room: name }))

  it("is read as it was written", async () => {
    await FastCheck.assert(
      FastCheck.asyncProperty(written, async (one) => {
        const slot = await toSlot(encodeStoredManifest(one))
        assert.deepStrictEqual(newestStoredManifest([await fromSlot(slot), null]), one)
      })
    )
  })

  it("is there before and after each write, and whole at every moment of it", async () => {
    // A crash leaves any mixture: some blocks are new and some old, and the end is the old one until it is cut.
    const torn = (old: Uint8Array, fresh: Uint8Array, block: number, isNew: ReadonlyArray<boolean>, cut: boolean) => {
      const length = cut ? fresh.length : Math.max(old.length, fresh.length)
      const bytes = new Uint8Array(length)
      bytes.set(old.subarray(0, length))
      for (let at = 0; at < fresh.length; at += block) {
        if (isNew[(at / block) % isNew.length] ?? false) bytes.set(fresh.subarray(at, at + block), at)
      }
      return bytes
    }
    const blocks = FastCheck.array(FastCheck.boolean(), { minLength: 1, maxLength: 8 })
    const size = FastCheck.integer({ min: 1, max: 512 })
    await FastCheck.assert(
      FastCheck.asyncProperty(
        FastCheck.tuple(written, written, written),
        size,
        blocks,
        FastCheck.boolean(),
        async ([first, second, third], block, isNew, cut) => {
          const [old, other, fresh] = await Promise.all(
            [first, second, third].map((one, revision) => toSlot(encodeStoredManifest({ ...one, revision })))
          )
          if (old === undefined || other === undefined || fresh === undefined) return assert.fail()
          const slots = [torn(old, fresh, block, isNew, cut), other]
          const read = newestStoredManifest(await Promise.all(slots.map(fromSlot)))
          const expected = [second, third].map((one, index) => ({ ...one, revision: index + 1 }))
          assert.deepInclude(expected, read)
          const all = isNew.every((one) => one)
          if (all) assert.deepStrictEqual(read, expected[1])
        }
      )
    )
  })

  it("of an older page, without the time until which it ran, is read as well", async () => {
    const recordedUntil = "2026-01-02T03:05:05.678Z"
    const newer: StoredManifest = { ...stored, revision: 4, manifest: { ...stored.manifest, recordedUntil } }
    const slots = await Promise.all(
      [stored, newer].map(async (one) => fromSlot(await toSlot(encodeStoredManifest(one))))
    )
    assert.deepStrictEqual(newestStoredManifest(slots.slice(0, 1)), stored)
    assert.deepStrictEqual(newestStoredManifest(slots), newer)
  })

  it("of an older page, in which the manifest itself named the room, is read as well", () => {
    const { room, ...rest } = stored
    const older = JSON.stringify({ ...rest, manifest: { ...stored.manifest, room } })
    assert.deepStrictEqual(newestStoredManifest([older, null]), stored)
  })

  it("is saved without the room's name, also that of an older page", () => {
    const room = "jL3x_secret-name"
    const older = JSON.stringify({ ...stored, room: undefined, manifest: { ...stored.manifest, room } })
    for (const text of [encodeStoredManifest({ ...stored, room }), older]) {
      const kept = newestStoredManifest([text])
      if (kept === null) return assert.fail("It was not read.")
      assert.strictEqual(kept.room, room)
      assert.notInclude(manifestText(kept.manifest), room)
    }
  })

  it("is null if a crash cut it short, or if the file holds anything else", async () => {
    const slot = await toSlot(encodeStoredManifest(stored))
    for (let length = 0; length < slot.length; length++) assert.isNull(await fromSlot(slot.slice(0, length)))
    await FastCheck.assert(
      FastCheck.asyncProperty(FastCheck.uint8Array({ maxLength: 200 }), async (bytes) => {
        assert.isNull(await fromSlot(new Uint8Array(bytes)))
      })
    )
  })
})
