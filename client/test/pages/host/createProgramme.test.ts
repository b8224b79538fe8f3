/** The programme as the host's page has it: signals over people and a composer of stand-ins. */
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { PartUnloaded } from "../../../app/part.js"
import { makeObservable } from "../../../browser/Observable.js"
import { hostVoice } from "../../../media/mixing.js"
import { ComposerBroken, type Pictures } from "../../../media/programme/Composer.js"
import type { Scene } from "../../../media/programme/scene.js"
import { createProgramme } from "../../../pages/host/createProgramme.js"
import type { GuestView } from "../../../rtc/States.js"
import { tileIn } from "../../fakes/calls.js"
import { FakeTrack } from "../../fakes/FakeMediaDevices.js"

const trackOf = (name: string): MediaStreamTrack => Object(new FakeTrack("camera", name, name, undefined))
const streamOf = (name: string): MediaStream => Object({ getVideoTracks: () => [tracks.get(name)] })
const tracks = new Map(["Ada", "Grace", "Ada’s screen", "Grace’s screen"].map((name) => [name, trackOf(name)]))
const camera = trackOf("the host’s camera")
const ownScreen = trackOf("the host’s screen")

const guest = (name: string, change: Partial<GuestView> = {}): GuestView => ({
  ...tileIn("Live"),
  peer: { id: name.toLowerCase(), role: "guest", name },
  stream: streamOf(name),
  ...change
})
const [ada, grace] = [guest("Ada"), guest("Grace")]
const sharing = (name: string) =>
  guest(name, { sending: { camera: true, microphone: true, screen: true }, screen: streamOf(`${name}’s screen`) })

/** A page with a programme, a composer that is ready when the test says so, and a clock that it holds. */
const makePage = () =>
  createRoot((dispose) => {
    pages.push(dispose)
    const composed = trackOf("the programme")
    const ready = Effect.runSync(Deferred.make<void>())
    const broken = Effect.runSync(Deferred.make<never, ComposerBroken>())
    const shown: { scene?: Scene; pictures?: Pictures; open: number; loads: number } = { open: 0, loads: 0 }
    let [loaded, heals] = [true, true]
    const [guests, setGuests] = createSignal<ReadonlyArray<GuestView>>([])
    const [levels, setLevels] = createSignal<ReadonlyMap<string, number>>(new Map())
    const [screen, setScreen] = createSignal<MediaStreamTrack | null>(null)
    const [recording, setRecording] = createSignal(false)
    const programme = createProgramme({
      room: undefined,
      host: { name: () => "Dorothy", camera: () => camera, screen, heard: () => true },
      guests,
      levels,
      recording,
      composer: Effect.suspend(() => {
        shown.loads++
        return loaded
          ? Effect.succeed(
              Effect.acquireRelease(
                Effect.sync(() => {
                  shown.open++
                  return {
                    track: composed,
                    ready: Deferred.await(ready),
                    broken: shown.loads === 1 || !heals ? Deferred.await(broken) : Effect.never,
                    counts: makeObservable({ composed: 0, dropped: 0 }),
                    show: (scene: Scene) => void Object.assign(shown, { scene }),
                    setPictures: (pictures: Pictures) => void Object.assign(shown, { pictures })
                  }
                }),
                () => Effect.sync(() => shown.open--)
              )
            )
          : Effect.fail(new PartUnloaded())
      })
    })
    return {
      programme,
      composed,
      shown,
      setGuests,
      setScreen,
      setRecording,
      fail: (fails: boolean) => {
        loaded = !fails
      },
      /** The first composer composes no more, nor does any after it. */
      breaksForGood: () => {
        heals = false
        Effect.runSync(Deferred.fail(broken, new ComposerBroken({ message: "Out of memory." })))
      },
      /** The first composer composes no more. */
      breaks: () => Effect.runSync(Deferred.fail(broken, new ComposerBroken({ message: "Out of memory." }))),
      /** The first frame is out. */
      begin: async () => {
        Effect.runSync(Deferred.succeed(ready, undefined))
        await pass(1)
      },
      /** This one speaks for so long that the lead is theirs. */
      speak: async (id: string) => {
        const all = [hostVoice, ...guests().map(({ peer }) => peer.id)]
        for (let time = 0; time <= 3_000; time += 100) {
          setLevels(new Map(all.map((one) => [one, one === id ? 1 : 0])))
          await pass(100)
        }
      }
    }
  })

const pages: Array<() => void> = []
const memory = new Map<string, string>()
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => {
  vi.useFakeTimers()
  memory.clear()
  vi.stubGlobal("window", {
    sessionStorage: {
      getItem: (name: string) => memory.get(name) ?? null,
      setItem: (name: string, value: string) => void memory.set(name, value),
      removeItem: (name: string) => void memory.delete(name)
    }
  })
})
afterEach(() => {
  for (const close of pages.splice(0)) close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("the picture that guests get", () => {
  it("is the host's camera for one guest, and the programme for two once its first frame is there", async () => {
    const { begin, composed, programme, setGuests, shown } = makePage()
    setGuests([ada])
    await pass(1)
    assert.strictEqual(programme.video(), camera)
    assert.strictEqual(shown.open, 0)
    setGuests([ada, grace])
    await pass(1)
    assert.strictEqual(shown.open, 1)
    assert.strictEqual(programme.video(), camera)
    assert.deepInclude(programme.messageFor("ada"), { layout: null })
    await begin()
    assert.strictEqual(programme.video(), composed)
    assert.deepInclude(programme.messageFor("ada"), { layout: "everyone", large: null, you: false })
    assert.deepEqual(
      shown.scene?.people.map(({ id }) => id),
      [hostVoice, "ada", "grace"]
    )
    assert.deepEqual([...(shown.pictures?.cameras.values() ?? [])], [camera, tracks.get("Ada"), tracks.get("Grace")])
  })

  it("is the camera again a while after all but one have gone, and the composer ends after that", async () => {
    const { begin, composed, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    setGuests([ada])
    await pass(4_900)
    assert.strictEqual(programme.video(), composed)
    // Somebody's page was loaded anew.
    setGuests([ada, grace])
    await pass(10_000)
    assert.strictEqual(programme.video(), composed)
    setGuests([ada])
    await pass(5_000)
    assert.strictEqual(programme.video(), camera)
    // So that senders have the camera before it does.
    assert.strictEqual(shown.open, 1)
    await pass(2_000)
    assert.strictEqual(shown.open, 0)
  })

  it("stays the camera for one guest while the programme is composed for a recording, or looked at", async () => {
    const { begin, composed, programme, setGuests, setRecording, shown } = makePage()
    setRecording(true)
    await begin()
    // The host alone has files already.
    assert.strictEqual(shown.open, 0)
    setGuests([ada])
    await pass(1)
    assert.strictEqual(programme.track(), composed)
    assert.strictEqual(programme.video(), camera)
    setGuests([])
    await pass(10_000)
    assert.strictEqual(shown.open, 1)
    setGuests([ada])
    setRecording(false)
    programme.setWatched(true)
    await pass(10_000)
    assert.strictEqual(shown.open, 1)
    setGuests([])
    await pass(10_000)
    assert.strictEqual(shown.open, 0)
  })

  it("stays the camera where what composes cannot be loaded, until it can", async () => {
    const { begin, composed, fail, programme, setGuests } = makePage()
    fail(true)
    setGuests([ada, grace])
    await pass(1)
    assert.isTrue(programme.failed())
    assert.strictEqual(programme.video(), camera)
    fail(false)
    programme.again()
    await begin()
    assert.isFalse(programme.failed())
    assert.strictEqual(programme.video(), composed)
  })

  it("is the camera while a programme that broke is begun again", async () => {
    const { begin, breaks, composed, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    breaks()
    await pass(1)
    assert.strictEqual(programme.video(), camera)
    await pass(1_000)
    assert.strictEqual(programme.video(), composed)
    assert.deepInclude(shown, { open: 1, loads: 2 })
  })

  it("is not begun again all the time where it breaks each time", async () => {
    const { begin, breaksForGood, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    breaksForGood()
    await pass(60_000)
    // After 1, 3, 7, 15 and 31 seconds.
    assert.strictEqual(shown.loads, 6)
    assert.strictEqual(programme.video(), camera)
  })

  it("has everybody in it but those whom another is shown alone for", async () => {
    const { begin, programme, setGuests } = makePage()
    setGuests([ada])
    await pass(1)
    assert.deepEqual([programme.isShown(hostVoice), programme.isShown("ada")], [true, false])
    setGuests([ada, grace])
    await pass(1)
    await begin()
    assert.deepEqual([programme.isShown(hostVoice), programme.isShown("ada")], [true, true])
    programme.layout.pick("one")
    programme.layout.pin("grace")
    assert.deepEqual(["ada", "grace", hostVoice].map(programme.isShown), [false, true, false])
  })

  it("has the initials of whoever's connection is gone for a while", async () => {
    const { begin, setGuests, shown } = makePage()
    setGuests([ada, { ...grace, state: "Interrupted", gone: 1 }])
    await pass(1)
    await begin()
    assert.isFalse(shown.scene?.people.find(({ id }) => id === "grace")?.camera)
    assert.isFalse(shown.pictures?.cameras.has("grace"))
  })
})

describe("the layout", () => {
  const withTwo = async () => {
    const page = makePage()
    page.setGuests([ada, grace])
    await pass(1)
    await page.begin()
    return page
  }

  it("makes a pinned guest large, and is as before once the pin is gone", async () => {
    const { programme, shown } = await withTwo()
    programme.layout.pin("grace")
    assert.deepInclude(shown.scene, { layout: "speaker", large: "grace" })
    assert.deepInclude(programme.messageFor("grace"), { layout: "speaker", large: "Grace", you: true })
    assert.deepInclude(programme.messageFor("ada"), { large: "Grace", you: false })
    programme.layout.pin(null)
    assert.deepInclude(shown.scene, { layout: "everyone", large: null })
    programme.layout.pin("grace")
    programme.layout.pick("everyone")
    assert.deepInclude(shown.scene, { layout: "everyone", large: null })
  })

  it("follows who speaks where nobody is pinned, the host included", async () => {
    const { programme, shown, speak } = await withTwo()
    programme.layout.pick("speaker")
    assert.deepInclude(shown.scene, { layout: "speaker", large: hostVoice })
    await speak("grace")
    assert.deepInclude(shown.scene, { large: "grace" })
    await speak(hostVoice)
    assert.deepInclude(shown.scene, { large: hostVoice })
    assert.deepInclude(programme.messageFor("ada"), { large: "Dorothy", you: false })
    programme.layout.pin("ada")
    await speak("grace")
    assert.deepInclude(shown.scene, { large: "ada" })
  })

  it("is remembered for the page's next load", async () => {
    const { programme } = await withTwo()
    programme.layout.pick("speaker")
    assert.strictEqual((await withTwo()).programme.layout.layout(), "speaker")
  })

  it("becomes the screen's by itself, and what it was when that ends", async () => {
    const { programme, setGuests, shown } = await withTwo()
    programme.layout.pick("speaker")
    setGuests([sharing("Ada"), grace])
    assert.deepInclude(shown.scene, { layout: "screen", sharer: "ada", large: null })
    assert.strictEqual(shown.pictures?.screen, tracks.get("Ada’s screen"))
    setGuests([ada, grace])
    assert.deepInclude(shown.scene, { layout: "speaker", sharer: null })
    assert.isNull(shown.pictures?.screen)
  })

  it("is not the screen's while the host wants another, until somebody shares anew", async () => {
    const { programme, setGuests } = await withTwo()
    const { layout } = programme
    setGuests([sharing("Ada"), grace])
    layout.pick("everyone")
    assert.strictEqual(layout.layout(), "everyone")
    layout.pick("screen")
    assert.strictEqual(layout.layout(), "screen")
    layout.pin("grace")
    assert.strictEqual(layout.layout(), "speaker")
    assert.strictEqual(layout.pinned(), "grace")
    layout.pick("screen")
    assert.isNull(layout.pinned())
    layout.pin("grace")
    layout.pin(null)
    assert.strictEqual(layout.layout(), "screen")
    layout.pick("one")
    setGuests([sharing("Ada"), sharing("Grace")])
    assert.strictEqual(layout.layout(), "screen")
  })
})

describe("a screen that is shared", () => {
  it("goes to all others by itself, and the host takes it out and shows it again", async () => {
    const { programme, setGuests } = makePage()
    const { sharing: shared } = programme
    setGuests([sharing("Ada"), grace])
    assert.isNull(shared.trackFor("ada"))
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: true, name: "Ada", you: true })
    assert.deepEqual(shared.messageFor("grace"), { type: "sharing", on: true, name: "Ada", you: false })
    shared.toggle("ada")
    assert.isNull(shared.trackFor("grace"))
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: false, name: null, you: false })
    shared.toggle("ada")
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    shared.toggle("grace")
    assert.strictEqual(shared.sharer(), "ada")
  })

  it("is the newest where several are, the host's as well", async () => {
    const { programme, setGuests, setScreen } = makePage()
    const { sharing: shared } = programme
    setScreen(ownScreen)
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: true, name: null, you: false })
    setGuests([sharing("Ada"), grace])
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    setGuests([sharing("Ada"), sharing("Grace")])
    assert.strictEqual(shared.trackFor("ada"), tracks.get("Grace’s screen"))
    shared.toggle("ada")
    assert.strictEqual(shared.sharer(), "ada")
    setGuests([ada, grace])
    assert.strictEqual(shared.trackFor("ada"), ownScreen)
    setScreen(null)
    assert.isNull(shared.sharer())
  })

  it("moves nobody's page more often than once in three seconds, however often a guest begins anew", async () => {
    const { programme, setGuests } = makePage()
    const { sharer, toggle } = programme.sharing
    let begun = 0
    let before: string | null = null
    for (let time = 0; time < 9_000; time += 100) {
      setGuests([(time / 100) % 3 < 2 ? sharing("Ada") : ada, grace])
      if (sharer() === "ada" && before === null) begun++
      before = sharer()
      await pass(100)
    }
    assert.strictEqual(begun, 3)
    await pass(3_000)
    setGuests([ada, grace])
    await pass(3_000)
    setGuests([sharing("Ada"), grace])
    assert.strictEqual(sharer(), "ada")
    setGuests([ada, grace])
    setGuests([sharing("Ada"), grace])
    assert.isNull(sharer())
    // Who asks for it at the host's page gets it at once, and what was taken out stays out.
    toggle("ada")
    assert.strictEqual(sharer(), "ada")
    toggle("ada")
    await pass(5_000)
    assert.isNull(sharer())
  })

  it("is whose it was once a connection is mended, and as the host left it", async () => {
    const { programme, setGuests } = makePage()
    const { sharing: shared } = programme
    const mending = { ...sharing("Ada"), state: "Connecting", stream: null, screen: null } as const
    setGuests([sharing("Ada"), grace])
    setGuests([mending, grace])
    assert.strictEqual(shared.sharer(), "ada")
    assert.isNull(shared.track())
    setGuests([sharing("Ada"), grace])
    shared.toggle("ada")
    setGuests([mending, grace])
    setGuests([sharing("Ada"), grace])
    assert.isNull(shared.sharer())
  })
})
