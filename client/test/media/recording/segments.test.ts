import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import {
  emptyPlan,
  type PersonTracks,
  type Plan,
  planAfter,
  replan,
  type Segment,
  type Source,
  sourcesOf
} from "../../../media/recording/segments.js"

/** Tracks are only compared, so a name will do. */
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
    // Long enough for a picture that is back to get its file at once.
    after: FastCheck.integer({ min: 2000, max: 2050 })
  }),
  { minLength: 1, maxLength: 12 }
)

interface Stretch {
  readonly segment: Segment<string>
  readonly from: number
  readonly to: number
}

/** The result of these changes: which segment ran from when to when. */
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

const nothing = { microphone: null, camera: null, screen: null, screenSound: null }
const on = sourcesOf("p1", "Ada", { ...nothing, microphone: "ear", camera: "eye" })
const off = sourcesOf<string>("p1", "Ada", { ...nothing, microphone: "ear" })

const stemIn = (file: string) => file.replace(/-\d+\.webm$/, "")

const keyOf = ({ id, kind }: Tracked) => `${kind} ${id}`

/** The rule in other words: no file without a track that it is for. */
const records = ({ audio, kind, video }: Tracked) =>
  ({ sound: [audio], camera: [video], screen: [video, audio], programme: [video] })[kind].some((one) => one !== null)

/** Each source at each moment; of two equal ones the last counts. */
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

  it("have unique names, also on a case-insensitive disk", () => {
    FastCheck.assert(
      FastCheck.property(changes, (steps) => {
        const names = play(steps).map(({ segment }) => segment.stem.toLowerCase())
        assert.strictEqual(new Set(names).size, names.length)
      })
    )
  })

  it("go on as they are while only the name changes", () => {
    const before: Tracked = { id: "p1", name: "Ada", kind: "camera", audio: "ear", video: "eye" }
    const first = replan(emptyPlan, [before], 0)
    const second = replan(first.plan, [{ ...before, name: "Ada Lovelace" }], 10)
    assert.deepStrictEqual([second.closed, second.opened], [[], []])
  })

  it("are named after their person, and counted", () => {
    const person = (id: string, video: string | null, screen: string | null = null) =>
      sourcesOf(id, "Ada", { microphone: "ear", camera: video, screen, screenSound: null })
    const one = replan(emptyPlan, [...person("p1", "eye"), ...person("p2", "eye")], 0)
    const two = replan(one.plan, person("p1", "other eye", "screen"), 1)
    assert.deepStrictEqual(
      [...one.opened, ...two.opened].map(({ stem }) => stem),
      ["Ada-sound-1", "Ada-1", "Ada-sound_2-1", "Ada_2-1", "Ada-screen-1", "Ada-2"]
    )
    assert.deepStrictEqual(
      two.closed.map(({ stem }) => stem),
      ["Ada-1", "Ada-sound_2-1", "Ada_2-1"]
    )
  })

  it("of a sound go on whatever camera and screen do", () => {
    const eye = FastCheck.constantFrom(null, "one", "two")
    const pictures = FastCheck.record({ camera: eye, screen: eye, screenSound: eye })
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

  it("of pictures that come and go without end begin 2 seconds apart, and the sound goes on", () => {
    const pictures = [
      { camera: "eye", screen: "page", screenSound: null },
      { camera: null, screen: null, screenSound: null }
    ]
    const minute = Array.from({ length: 300 }, () => pictures).flat()
    const ran = play(
      minute.map((now) => ({ sources: sourcesOf("p1", "Ada", { microphone: "ear", ...now }), after: 100 }))
    )
    const begun = (kind: Tracked["kind"]) =>
      ran.flatMap(({ from, segment }) => (segment.source.kind === kind ? [from] : []))
    const everyTwoSeconds = Array.from({ length: 30 }, (_, index) => 2000 * index)
    assert.deepStrictEqual(begun("camera"), everyTwoSeconds)
    assert.deepStrictEqual(begun("screen"), everyTwoSeconds)
    assert.deepStrictEqual(begun("sound"), [0])
  })

  /** How many files each kind begins in eight hours, with the next tracks every this many seconds. */
  const filesOf = (seconds: number, tracksAt: (step: number) => PersonTracks<string>) => {
    const steps = Array.from({ length: (8 * 3600) / seconds }, (_, step) => step)
    const ran = play(steps.map((step) => ({ sources: sourcesOf("p1", "Eve", tracksAt(step)), after: seconds * 1000 })))
    return ["sound", "camera", "screen"].map(
      (kind) => ran.filter(({ segment: { source } }) => source.kind === kind).length
    )
  }
  const mostOf8Hours = 30 + 8 * 60 * 2

  it.each<[string, number, (step: number) => PersonTracks<string>]>([
    [
      "camera and screen go and come every second",
      1,
      (step) => ({
        microphone: "ear",
        camera: step % 2 ? null : "eye",
        screen: step % 2 ? "page" : null,
        screenSound: null
      })
    ],
    [
      "another connection brings other tracks every 2 seconds",
      2,
      (step) => ({ microphone: `ear ${step}`, camera: `eye ${step}`, screen: `page ${step}`, screenSound: null })
    ],
    ["a microphone goes and comes", 1, (step) => ({ ...nothing, microphone: step % 2 ? null : "ear" })]
  ])("are few of a guest that wants many: %s", (_, seconds, tracksAt) => {
    for (const count of filesOf(seconds, tracksAt)) assert.isAtMost(count, mostOf8Hours)
  })

  it("are few for a guest who without end leaves and comes back as somebody else", () => {
    const hour = Array.from({ length: 3600 }, (_, turn) => ({
      sources: sourcesOf(`p${turn}`, "Eve", { ...nothing, microphone: "ear", camera: "eye" }),
      after: 1000
    }))
    assert.isAtMost(play(hour).length, 600 + 3600 / 5)
  })

  it("of a late guest are not kept out by seven who began as many as all guests may", () => {
    const flood = (step: number) =>
      Array.from({ length: 7 }, (_, eve) => {
        const tracks = { microphone: `ear ${step}`, camera: `eye ${step}`, screen: `page ${step}`, screenSound: null }
        return sourcesOf(`eve ${eve}`, "Eve", tracks)
      }).flat()
    const late = 150
    const steps = Array.from({ length: late + 10 }, (_, step) => ({
      sources: step < late ? flood(step) : [...flood(step), ...on],
      after: 2_000
    }))
    const ran = play(steps)
    assert.isAtLeast(ran.filter(({ from }) => from < late * 2_000).length, 600)
    const begun = ran.filter(({ segment }) => segment.source.id === "p1")
    assert.sameMembers(
      begun.map(({ segment }) => segment.source.kind),
      ["camera", "sound"]
    )
    for (const { from } of begun) assert.isAtMost(from - late * 2_000, 2 * 5_000)
  })

  it("leave out nothing of the host", () => {
    const minute = Array.from({ length: 60 }, (_, turn) => ({
      sources: sourcesOf("host", "Host", { ...nothing, camera: turn % 2 ? null : "eye" }),
      after: 1000
    }))
    assert.strictEqual(play(minute).length, 30)
  })

  it("leave out nothing of a camera that goes off and on five times in a minute, or every minute all day", () => {
    const minute = Array.from({ length: 10 }, (_, turn) => ({ sources: turn % 2 ? off : on, after: 6_000 }))
    const day = Array.from({ length: 960 }, (_, turn) => ({ sources: turn % 2 ? off : on, after: 30_000 }))
    const cameras = play([...minute, ...day]).filter(({ segment }) => segment.source.kind === "camera")
    const shown = cameras.reduce((sum, { from, to }) => sum + to - from, 0)
    assert.strictEqual(shown, 5 * 6_000 + 480 * 30_000)
    assert.strictEqual(cameras.length, 5 + 480)
  })

  it("of a guest that began many are as many as at first after a quarter of an hour of quiet", () => {
    const flood = Array.from({ length: 200 }, (_, turn) => ({ sources: turn % 2 ? off : on, after: 2_000 }))
    const quiet = [{ sources: off, after: 900_000 }]
    const minute = Array.from({ length: 20 }, (_, turn) => ({ sources: turn % 2 ? off : on, after: 3_000 }))
    const begin = 200 * 2_000 + 900_000
    const cameras = play([...flood, ...quiet, ...minute]).filter(({ segment }) => segment.source.kind === "camera")
    assert.strictEqual(cameras.filter(({ from }) => from >= begin).length, 10)
    assert.isAtMost(cameras.filter(({ from }) => from < begin).length, 30 + 400 / 30)
  })

  it("of a picture that is back too soon are due soon", () => {
    const first = replan(emptyPlan, on, 500)
    const gone = replan(first.plan, off, 600)
    const back = replan(gone.plan, on, 2499)
    assert.deepStrictEqual([first.waiting, gone.waiting, back.waiting], [false, false, true])
    assert.deepStrictEqual(back.opened, [])
    assert.isFalse(replan(back.plan, off, 2500).waiting)
    const later = replan(back.plan, on, 2500)
    assert.deepStrictEqual(
      later.opened.map(({ stem }) => stem),
      ["Ada-2"]
    )
    assert.isFalse(later.waiting)
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
