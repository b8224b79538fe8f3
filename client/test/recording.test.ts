import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Option from "effect/Option"
import { decodeKept, encodeKept, type Kept } from "../media/recording/manifest.js"
import { extensionOf, recordedType } from "../media/recording/mimes.js"
import { freeStem, safeName } from "../media/recording/names.js"
import { problemOf } from "../media/recording/problems.js"
import { emptyPlan, type Plan, replan, type Segment, type Source } from "../media/recording/segments.js"

/** Tracks are compared, and nothing else: a name will do. */
type Tracked = Source<string>
const track = FastCheck.constantFrom(null, "one", "two")
const source: FastCheck.Arbitrary<Tracked> = FastCheck.record({
  id: FastCheck.constantFrom("host", "p1", "p2"),
  name: FastCheck.constantFrom("Ada", "ada", "ADA-screen", "Ada_2", "Ada-1", "", "…", "Grace Hopper"),
  kind: FastCheck.constantFrom("camera" as const, "screen" as const),
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
const play = (steps: ReadonlyArray<{ readonly sources: ReadonlyArray<Tracked>; readonly after: number }>) => {
  let plan: Plan<string> = emptyPlan
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

const keyOf = ({ id, kind }: Tracked) => `${kind} ${id}`

/** What each source is at each moment, by the rule that the last of two is meant. */
const meant = (sources: ReadonlyArray<Tracked>) => new Map(sources.map((one) => [keyOf(one), one] as const))

describe("the segments of a recording", () => {
  it("never overlap for one source, and cover all time in which it had a track", () => {
    FastCheck.assert(
      FastCheck.property(changes, (steps) => {
        const ran = play(steps)
        let from = 0
        for (const { after, sources } of steps) {
          const now = meant(sources.filter(({ audio, video }) => audio !== null || video !== null))
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
    const camera = (id: string, name: string, video: string | null): Tracked => ({
      id,
      name,
      kind: "camera",
      audio: "ear",
      video
    })
    const one = replan(emptyPlan, [camera("p1", "Ada", "eye"), camera("p2", "Ada", "eye")], 0)
    const two = replan(one.plan, [camera("p1", "Ada", null), { ...camera("p1", "Ada", "eye"), kind: "screen" }], 1)
    assert.deepStrictEqual(
      [...one.opened, ...two.opened].map(({ stem }) => stem),
      ["Ada-1", "Ada_2-1", "Ada-2", "Ada-screen-1"]
    )
    assert.deepStrictEqual(
      two.closed.map(({ stem }) => stem),
      ["Ada-1", "Ada_2-1"]
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
})

describe("a manifest that is kept", () => {
  const kept: Kept = {
    revision: 3,
    downloaded: false,
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

  it("is read as it was written", () => {
    assert.deepStrictEqual(Option.getOrNull(decodeKept(encodeKept(kept))), kept)
  })

  it("is none where a crash cut it short", () => {
    const text = encodeKept(kept)
    FastCheck.assert(
      FastCheck.property(FastCheck.integer({ min: 0, max: text.length - 1 }), (length) => {
        assert.isTrue(Option.isNone(decodeKept(text.slice(0, length))))
      })
    )
  })
})

describe("what is recorded", () => {
  it("is WebM where the browser can, and MP4 where it records nothing else", () => {
    assert.strictEqual(
      recordedType(true, () => true),
      "video/webm;codecs=vp8,opus"
    )
    const mp4 = (mime: string) => /mp4/.test(mime)
    assert.deepStrictEqual(
      [true, false].map((video) => extensionOf(recordedType(video, mp4) ?? "")),
      ["mp4", "mp4"]
    )
    assert.isUndefined(recordedType(true, () => false))
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
