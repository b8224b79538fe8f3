import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { encodeStoredManifest, newestStoredManifest, type StoredManifest } from "../media/recording/manifest.js"
import { extensionOf, recordedType, type Tracks, tracksOf } from "../media/recording/mimes.js"
import { freeStem, safeName, stemOf } from "../media/recording/names.js"
import { problemOf } from "../media/recording/problems.js"
import { retentionOf } from "../media/recording/retention.js"
import {
  emptyPlan,
  type PersonTracks,
  type Plan,
  planAfter,
  replan,
  type Segment,
  type Source,
  sourcesOf
} from "../media/recording/segments.js"
import { fromSlot, toSlot } from "../media/recording/slots.js"
import { freeBytes, rateOf, reservedBytes, secondsLeft, type Written, withLook } from "../media/recording/space.js"

/** Tracks are compared, and nothing else: a name will do. */
type Tracked = Source<string>
const track = FastCheck.constantFrom(null, "one", "two")
const source: FastCheck.Arbitrary<Tracked> = FastCheck.record({
  id: FastCheck.constantFrom("host", "p1", "p2"),
  name: FastCheck.constantFrom("Ada", "ada", "ADA-screen", "Ada_2", "Ada-1", "Ada-sound", "", "…", "Grace Hopper"),
  kind: FastCheck.constantFrom("camera" as const, "screen" as const, "sound" as const, "programme" as const),
  audio: track,
  video: track
})
const changes = FastCheck.array(
  FastCheck.record({
    sources: FastCheck.array(source, { maxLength: 6 }),
    after: FastCheck.integer({ min: 1, max: 50 })
  }),
  { minLength: 1, maxLength: 12 }
)

interface Stretch {
  readonly segment: Segment<string>
  readonly from: number
  readonly to: number
}

/** All that becomes of these changes: which segment ran from when to when. */
const play = (
  steps: ReadonlyArray<{ readonly sources: ReadonlyArray<Tracked>; readonly after: number }>,
  first: Plan<string> = emptyPlan
) => {
  let plan = first
  let now = 0
  const ran: Array<Stretch> = []
  const begun = new Map<Segment<string>, number>()
  const step = (sources: ReadonlyArray<Tracked>) => {
    const change = replan(plan, sources, now)
    plan = change.plan
    for (const segment of change.closed) ran.push({ segment, from: begun.get(segment) ?? Number.NaN, to: now })
    for (const segment of change.opened) {
      assert.strictEqual(segment.offsetMs, now)
      begun.set(segment, now)
    }
  }
  for (const { after, sources } of steps) {
    step(sources)
    now += after
  }
  step([])
  assert.strictEqual(plan.open.size, 0)
  return ran
}

const stemIn = (file: string) => file.replace(/-\d+\.webm$/, "")

const keyOf = ({ id, kind }: Tracked) => `${kind} ${id}`

/** The rule in other words: no file without the track that it is for. */
const records = ({ audio, kind, video }: Tracked) => (kind === "sound" ? audio : video) !== null

/** What each source is at each moment, by the rule that the last of two is meant. */
const meant = (sources: ReadonlyArray<Tracked>) => new Map(sources.map((one) => [keyOf(one), one] as const))

describe("the segments of a recording", () => {
  it("never overlap for one source, and cover all time in which it had the track that it is for", () => {
    FastCheck.assert(
      FastCheck.property(changes, (steps) => {
        const ran = play(steps)
        let from = 0
        for (const { after, sources } of steps) {
          const now = meant(sources.filter(records))
          const running = ran.filter((stretch) => stretch.from <= from && from + after <= stretch.to)
          assert.strictEqual(running.length, now.size)
          for (const { segment } of running) {
            const wanted = now.get(keyOf(segment.source))
            assert.deepStrictEqual([segment.source.audio, segment.source.video], [wanted?.audio, wanted?.video])
          }
          assert.strictEqual(new Set(running.map(({ segment }) => keyOf(segment.source))).size, running.length)
          from += after
        }
      })
    )
  })

  it("have names that no two files share, on a disk that knows no case either", () => {
    FastCheck.assert(
      FastCheck.property(changes, (steps) => {
        const names = play(steps).map(({ segment }) => segment.stem.toLowerCase())
        assert.strictEqual(new Set(names).size, names.length)
      })
    )
  })

  it("go on as they are while nothing changes but the name", () => {
    const before: Tracked = { id: "p1", name: "Ada", kind: "camera", audio: "ear", video: "eye" }
    const first = replan(emptyPlan, [before], 0)
    const second = replan(first.plan, [{ ...before, name: "Ada Lovelace" }], 10)
    assert.deepStrictEqual([second.closed, second.opened], [[], []])
  })

  it("are named after their person, and counted", () => {
    const person = (id: string, video: string | null, screen: string | null = null) =>
      sourcesOf(id, "Ada", { microphone: "ear", camera: video, screen })
    const one = replan(emptyPlan, [...person("p1", "eye"), ...person("p2", "eye")], 0)
    const two = replan(one.plan, person("p1", "other eye", "screen"), 1)
    assert.deepStrictEqual(
      [...one.opened, ...two.opened].map(({ stem }) => stem),
      ["Ada-sound-1", "Ada-1", "Ada-sound_2-1", "Ada_2-1", "Ada-2", "Ada-screen-1"]
    )
    assert.deepStrictEqual(
      two.closed.map(({ stem }) => stem),
      ["Ada-1", "Ada-sound_2-1", "Ada_2-1"]
    )
  })

  it("of a sound go on whatever camera and screen do", () => {
    const eye = FastCheck.constantFrom(null, "one", "two")
    const pictures = FastCheck.record({ camera: eye, screen: eye })
    FastCheck.assert(
      FastCheck.property(FastCheck.array(pictures, { minLength: 1 }), (steps) => {
        const moments = steps.map((tracks): PersonTracks<string> => ({ microphone: "ear", ...tracks }))
        const ran = play(moments.map((tracks) => ({ sources: sourcesOf("p1", "Ada", tracks), after: 10 })))
        const sounds = ran.filter(({ segment }) => segment.source.kind === "sound")
        assert.deepStrictEqual(
          sounds.map(({ from, to }) => [from, to]),
          [[0, 10 * steps.length]]
        )
      })
    )
  })

  it("have new names after the recording went on in another page, and the same stems", () => {
    FastCheck.assert(
      FastCheck.property(changes, changes, (before, after) => {
        const files = (stretches: ReadonlyArray<Stretch>) =>
          stretches.map(({ segment: { source, stem } }) => ({
            file: `${stem}.webm`,
            peer: source.id,
            kind: source.kind
          }))
        const first = files(play(before))
        const second = files(play(after, planAfter(first)))
        const names = [...first, ...second].map(({ file }) => file.toLowerCase())
        assert.strictEqual(new Set(names).size, names.length)
        for (const { file, kind, peer } of second) {
          const known = first.find((one) => one.peer === peer && one.kind === kind)
          if (known !== undefined) assert.strictEqual(stemIn(file), stemIn(known.file))
        }
      })
    )
  })
})

describe("a file's name", () => {
  it("is good on every system, whatever people call themselves", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "grapheme", maxLength: 64 }), (name) => {
        const safe = safeName(name)
        assert.match(safe, /^[\p{L}\p{M}\p{N}-]+$/u)
        assert.isAtMost([...safe].length, 40)
      })
    )
  })

  it("keeps letters of any script, and nothing that is a path", () => {
    assert.strictEqual(safeName("Só/../ßx"), "Só-ßx")
    assert.strictEqual(safeName("山田 太郎"), "山田-太郎")
    assert.strictEqual(safeName(".."), "Guest")
  })

  it("has a number where somebody else has it", () => {
    assert.strictEqual(freeStem("Ada", ["ada", "Ada_2"]), "Ada_3")
  })

  it("says what is in it, and of all together nothing else", () => {
    assert.strictEqual(stemOf("Ada", "camera"), "Ada")
    assert.strictEqual(stemOf("Ada", "screen"), "Ada-screen")
    assert.strictEqual(stemOf("Alle zusammen", "programme"), "programme")
  })
})

describe("a manifest that is kept", () => {
  const kept: StoredManifest = {
    revision: 3,
    downloaded: false,
    ended: false,
    manifest: {
      version: 1,
      room: "main",
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
  }).map(({ name, revision }) => ({ ...kept, revision, manifest: { ...kept.manifest, room: name } }))

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

  it("of an older page, which does not say until when it ran, is read as well", async () => {
    const recordedUntil = "2026-01-02T03:05:05.678Z"
    const newer: StoredManifest = { ...kept, revision: 4, manifest: { ...kept.manifest, recordedUntil } }
    const slots = await Promise.all([kept, newer].map(async (one) => fromSlot(await toSlot(encodeStoredManifest(one)))))
    assert.deepStrictEqual(newestStoredManifest(slots.slice(0, 1)), kept)
    assert.deepStrictEqual(newestStoredManifest(slots), newer)
  })

  it("is none where a crash cut it short, or anything else lies there", async () => {
    const slot = await toSlot(encodeStoredManifest(kept))
    for (let length = 0; length < slot.length; length++) assert.isNull(await fromSlot(slot.slice(0, length)))
    await FastCheck.assert(
      FastCheck.asyncProperty(FastCheck.uint8Array({ maxLength: 200 }), async (bytes) => {
        assert.isNull(await fromSlot(new Uint8Array(bytes)))
      })
    )
  })
})

describe("what is recorded", () => {
  const any = () => true

  it("has a type that names the codecs of its tracks, and no others", () => {
    assert.deepStrictEqual(
      [tracksOf("ear", "eye"), tracksOf(null, "eye"), tracksOf("ear", null), tracksOf(null, null)],
      ["both", "video", "audio", null]
    )
    assert.deepStrictEqual(
      (["both", "video", "audio"] as const).map((tracks) => recordedType(tracks, any)),
      ["video/webm;codecs=vp8,opus", "video/webm;codecs=vp8", "audio/webm;codecs=opus"]
    )
    for (const refused of [/webm/, /webm;/]) {
      const some = (mime: string) => !refused.test(mime)
      assert.notMatch(recordedType("video", some) ?? "opus", /opus|mp4a/)
      assert.notMatch(recordedType("audio", some) ?? "vp8", /vp|avc/)
    }
  })

  it("is WebM where the browser can, and MP4 where it records nothing else", () => {
    const mp4 = (mime: string) => /mp4/.test(mime)
    const kinds: ReadonlyArray<Tracks> = ["both", "video", "audio"]
    assert.deepStrictEqual(
      kinds.map((tracks) => extensionOf(recordedType(tracks, mp4) ?? "")),
      ["mp4", "mp4", "mp4"]
    )
    assert.isUndefined(recordedType("both", () => false))
  })

  it("meets the errors of the File System standard as problems", () => {
    const tag = (name: string) => problemOf({ name, message: "" })._tag
    assert.deepStrictEqual(
      ["NoSyncFiles", "QuotaExceededError", "NotAllowedError", "NoModificationAllowedError", "NotFoundError", "E"].map(
        tag
      ),
      ["RecordingUnsupported", "StorageFull", "StorageRefused", "RecordingInUse", "RecordingGone", "StorageFailed"]
    )
  })
})

describe("the space for a recording", () => {
  const gigabyte = 1e9

  it("is what is left of the quota but for a reserve, whatever the browser counts late", () => {
    const first = { quota: 2 * gigabyte, usage: 0 }
    assert.strictEqual(freeBytes(first, first, 0), 2 * gigabyte - reservedBytes)
    // The browser has not counted yet what was written.
    assert.strictEqual(freeBytes(first, first, gigabyte), gigabyte - reservedBytes)
    assert.strictEqual(
      freeBytes(first, { quota: 2 * gigabyte, usage: 1.5 * gigabyte }, 0),
      0.5 * gigabyte - reservedBytes
    )
    // Somebody has tidied up the disk.
    assert.strictEqual(freeBytes(first, { quota: 3 * gigabyte, usage: 0 }, gigabyte), 2 * gigabyte - reservedBytes)
    assert.strictEqual(freeBytes(first, { quota: gigabyte, usage: gigabyte }, 0), 0)
  })

  it("lasts as long as the rate of the last minute says", () => {
    const looks = (seconds: number, bytesPerSecond: number) => {
      let all: ReadonlyArray<Written> = []
      for (let at = 0; at <= seconds; at += 5) all = withLook(all, { at: at * 1000, bytes: at * bytesPerSecond })
      return all
    }
    assert.isNull(rateOf(looks(0, 1000)))
    assert.closeTo(rateOf(looks(5, 1000)) ?? 0, 1000, 1)
    assert.closeTo(rateOf(looks(600, 1000)) ?? 0, 1000, 1)
    assert.isAtMost(looks(600, 1000).length, 13)
    assert.strictEqual(secondsLeft(6e6, 1e4), 600)
    assert.isNull(secondsLeft(6e6, 0))
    assert.isNull(secondsLeft(6e6, null))
  })

  it("is promised by nobody who does not promise it", () => {
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
