import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { createRoot, createSignal } from "solid-js"
import { afterEach, beforeEach, vi } from "vitest"
import { PartUnloaded } from "../../app/part.js"
import { makeObservable } from "../../browser/Observable.js"
import { hostVoice } from "../../media/mixMinus.js"
import { ComposerBroken, type OpenComposer, type Pictures } from "../../media/programme/Composer.js"
import type { Scene } from "../../media/programme/scene.js"
import { createProgramme } from "../../pages/host/createProgramme.js"
import type { GuestView } from "../../rtc/States.js"
import { tileIn } from "./calls.js"
import { FakeTrack } from "./FakeMediaDevices.js"
import { makeFakeStorage } from "./FakeStorage.js"

const trackOf = (name: string): MediaStreamTrack => Object(new FakeTrack("camera", name, name, undefined))
const streamOf = (name: string): MediaStream => Object({ getVideoTracks: () => [tracks.get(name)] })
export const tracks = new Map(["Ada", "Grace", "Ada’s screen", "Grace’s screen"].map((name) => [name, trackOf(name)]))
export const ownScreen = trackOf("the host’s screen")
export const camera = trackOf("the host’s camera")

const guest = (name: string, change: Partial<GuestView> = {}): GuestView => ({
  ...tileIn("Live"),
  peer: { id: name.toLowerCase(), role: "guest", name },
  stream: streamOf(name),
  ...change
})
export const [ada, grace] = [guest("Ada"), guest("Grace")]

/** A guest who shares a screen. */
export const sharing = (name: string) =>
  guest(name, { sending: { camera: true, microphone: true, screen: true }, screen: streamOf(`${name}’s screen`) })

/** A page with a programme, a composer that is ready when the test decides, and a clock that the test controls. */
export const makePage = () =>
  createRoot((dispose) => {
    pages.push(dispose)
    const composed = trackOf("the programme")
    const scene = makeObservable<Scene | null>(null)
    const ready = Effect.runSync(Deferred.make<void>())
    const broken = Effect.runSync(Deferred.make<never, ComposerBroken>())
    const shown: { scene?: Scene; pictures?: Pictures; halfRate?: boolean; open: number; loads: number } = {
      open: 0,
      loads: 0
    }
    let [heals, framesCome, composes] = [true, true, true]
    let failure: PartUnloaded | ComposerBroken | null = null
    /** The callbacks that wait for the first frame of a track. */
    const awaited = new Set<() => void>()
    const [guests, setGuests] = createSignal<ReadonlyArray<GuestView>>([])
    const [levels, setLevels] = createSignal<ReadonlyMap<string, number>>(new Map())
    const [screen, setScreen] = createSignal<MediaStreamTrack | null>(null)
    const [recording, setRecording] = createSignal(false)
    const [machineShare, setMachineShare] = createSignal(Number.POSITIVE_INFINITY)
    const programme = createProgramme({
      room: undefined,
      host: { name: () => "Dorothy", camera: () => camera, screen, heard: () => true },
      guests,
      levels,
      recording,
      machineShare,
      onFirstFrame: (_, come) => {
        if (framesCome) come()
        else awaited.add(come)
        return () => void awaited.delete(come)
      },
      composer: Effect.suspend((): Effect.Effect<OpenComposer, PartUnloaded> => {
        shown.loads++
        if (failure instanceof PartUnloaded) return Effect.fail(failure)
        if (failure !== null) return Effect.succeed(Effect.fail(failure))
        return Effect.succeed(
          Effect.acquireRelease(
            Effect.sync(() => {
              shown.open++
              return {
                track: composed,
                ready: Deferred.await(ready),
                broken: shown.loads === 1 || !heals ? Deferred.await(broken) : Effect.never,
                scene,
                counts: makeObservable({ composed: 0, dropped: 0 }),
                show: (next: Scene) => {
                  shown.scene = next
                  if (composes) scene.set(next)
                },
                setHalfRate: (halfRate: boolean) => void Object.assign(shown, { halfRate }),
                setPictures: (pictures: Pictures) => void Object.assign(shown, { pictures })
              }
            }),
            () => Effect.sync(() => shown.open--)
          )
        )
      })
    })
    return {
      programme,
      composed,
      shown,
      setGuests,
      setScreen,
      setRecording,
      setMachineShare,
      /** From now on no track brings a frame. */
      holdFrames: () => {
        framesCome = false
      },
      /** The first frame comes on each track for which one is awaited. */
      bringFrames: () => {
        for (const come of awaited) come()
      },
      /** For how many tracks a frame is awaited. */
      awaited: () => awaited.size,
      /** From now on no composer can be opened, for this reason; null: one can. */
      fail: (why: PartUnloaded | ComposerBroken | null) => {
        failure = why
      },
      /** The first composer stops working, and so do all after it. */
      breaksForGood: () => {
        heals = false
        Effect.runSync(Deferred.fail(broken, new ComposerBroken({ message: "Out of memory." })))
      },
      /** The first composer stops working. */
      breaks: () => Effect.runSync(Deferred.fail(broken, new ComposerBroken({ message: "Out of memory." }))),
      /** From now on no scene that is shown gets drawn. */
      holdScenes: () => {
        composes = false
      },
      /** The shown scene is sent. */
      bringScene: () => scene.set(shown.scene ?? null),
      /** The first frame is sent. */
      begin: async () => {
        Effect.runSync(Deferred.succeed(ready, undefined))
        await pass(1)
      },
      /** This person speaks long enough to be the active speaker. */
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
/** Lets this many milliseconds pass, and what is due in them happen. */
export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

/** For a whole file: each test controls its clock and has a tab of its own, and its pages are closed after it. */
export const holdPages = () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal("window", { sessionStorage: makeFakeStorage() })
  })
  afterEach(() => {
    for (const close of pages.splice(0)) close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
}
