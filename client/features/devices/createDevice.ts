import type * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import { browserMemory, tabMemory } from "../../browser/memory.js"
import { t } from "../../i18n/t.js"
import type { Capture, CaptureState, Change } from "../../media/Capture.js"
import type { Device, DeviceKind, MediaProblem, SoundShape, Wanted } from "../../media/MediaDevices.js"
import { fromObservable } from "../../solid/fromObservable.js"
import type { Choice } from "../../ui/Select.js"

/** The choice of a picker that stands for no device at all. */
const none = "none"

/** One camera or microphone of the page: what is picked, what is open, and what a person can do about it. */
export interface DeviceModel {
  readonly kind: DeviceKind
  readonly state: Accessor<CaptureState>
  readonly track: Accessor<MediaStreamTrack | null>
  /** Closed by the person's wish: *No camera*, *Stop video*, or not turned on yet. Its lamp is out. */
  readonly off: Accessor<boolean>
  /** Whether there is to be a device of this kind at all: false after *No camera* or *No microphone*. */
  readonly picked: Accessor<boolean>
  /** A microphone that is open and gives silence, so that its first word is not lost later. A camera never is. */
  readonly muted: Accessor<boolean>
  /** Off, muted or broken: pressing its switch turns it on. */
  readonly stopped: Accessor<boolean>
  /** The page was let in before: browsers name devices only then. */
  readonly allowed: Accessor<boolean>
  readonly choices: Accessor<ReadonlyArray<Choice>>
  readonly value: Accessor<string>
  readonly problem: Accessor<MediaProblem | undefined>
  /** What is wrong with a device that worked: it stopped by itself, or gives nothing, as while a phone call has it. */
  readonly trouble: Accessor<"lost" | "silent" | undefined>
  /** Why it is another device than the one that was asked for. */
  readonly change: Accessor<Change | undefined>
  /** The problem or change that the person has read. The next one is said again, be it the same. */
  readonly dismissed: Accessor<MediaProblem | Change | null>
  /** The person has read it. A device that could not be had stays closed until they turn it on. */
  readonly dismiss: (what: MediaProblem | Change) => void
  /** What to open when nobody picks: the device of last time, where it is still there. */
  readonly wanted: () => Wanted
  /** Another device, which is as muted as the one before. One that is stopped for now stays so. */
  readonly pick: (value: string) => void
  /** What its switch does when it is on: a camera is closed, a microphone muted. */
  readonly turnOff: () => void
  /** Opens the device that was picked, or any other where it is gone: what mends a lost or a silent one, too. */
  readonly turnOn: () => void
  /** What its switch does: on when it is `stopped`, off when it is not. */
  readonly toggle: () => void
  /** Opens what is wanted, where a page has let it go without a change of mind. */
  readonly resume: () => void
  /** Forgets what was turned on and off in this tab. What is open stays so. */
  readonly reset: () => void
  /** Opens it again where it is open, when something else is wanted of it. It is as muted as before. */
  readonly reopen: () => void
}

/** A wish of this tab, which lives through a reload. */
const createWish = (name: string) => {
  const [is, setIs] = createSignal(tabMemory.get(name) !== null)
  return [
    is,
    (now: boolean) => {
      setIs(now)
      if (now) tabMemory.set(name, "1")
      else tabMemory.remove(name)
    }
  ] as const
}

interface DeviceOptions {
  readonly kind: DeviceKind
  readonly capture: Capture
  readonly devices: Accessor<ReadonlyArray<Device>>
  /** Runs the effects of the capture for as long as the page stands. */
  readonly run: (effect: Effect.Effect<unknown>) => void
  /** Off in a new tab until somebody turns it on. */
  readonly startsOff: boolean
  /** What is done to its sound, of a microphone. */
  readonly shape?: Accessor<SoundShape>
}

/** Wires one capture to signals. */
export const createDevice = ({ capture, devices, kind, run, shape, startsOff }: DeviceOptions): DeviceModel => {
  const remembered = browserMemory.get(kind)
  const [id, setId] = createSignal<string | null>(remembered === none ? null : remembered)
  const [refused, setRefused] = createSignal(remembered === none)
  const [changed, setChanged] = createWish(`${kind}-${startsOff ? "on" : "off"}`)
  const [muted, setMuted] = createWish(`${kind}-muted`)
  const off = () => refused() || changed() !== startsOff
  const setOn = (on: boolean) => setChanged(on === startsOff)
  const state = fromObservable(capture.state)
  capture.enable(!muted())

  const mute = (is: boolean) => {
    setMuted(is)
    capture.enable(!is)
  }

  const track = createMemo(() => {
    const now = state()
    return now._tag === "On" ? now.track : null
  })

  // The browser's own choice becomes the choice: it is what the picker shows, and what a reload opens again.
  createEffect(() => {
    const now = state()
    // What stands in for a lost device does not: the lost one is opened again where it is back.
    if (now._tag === "On" && now.id !== "" && now.change?._tag !== "Instead") setId(now.id)
  })

  const inUse = () => {
    const now = state()
    return now._tag === "On" && now.id !== "" ? now.id : id()
  }
  const [dismissed, setDismissed] = createSignal<MediaProblem | Change | null>(null)
  const problem = () => {
    const now = state()
    return now._tag === "Problem" ? now.problem : undefined
  }

  const choices = createMemo((): ReadonlyArray<Choice> => {
    const known = devices().filter((device) => device.kind === kind && device.id !== "")
    const named = known.map((device, index) => ({
      value: device.id,
      label: device.label || t.media.unnamed[kind](index + 1)
    }))
    const picked = inUse()
    const standard = known.some((device) => device.id === picked)
      ? []
      : [{ value: picked ?? "", label: t.media.standard[kind]() }]
    return [...standard, ...named, { value: none, label: t.media.none[kind]() }]
  })

  const asking = (exact: boolean): Wanted => ({ id: id(), exact, ...(shape === undefined ? {} : { shape: shape() }) })
  const wanted = () => asking(false)

  const turnOn = () => {
    setOn(true)
    setRefused(false)
    mute(false)
    if (browserMemory.get(kind) === none) browserMemory.remove(kind)
    const now = state()
    if (now._tag === "Opening" || (now._tag === "On" && !now.silent)) return
    run(capture.open(wanted()))
  }

  const turnOff = () => {
    if (kind === "microphone" && state()._tag !== "Off") return mute(true)
    setOn(false)
    run(capture.close)
  }
  const stopped = () => off() || muted() || state()._tag === "Problem"

  return {
    kind,
    state,
    track,
    off,
    picked: () => !refused(),
    muted,
    stopped,
    allowed: () => devices().some((device) => device.kind === kind && device.label !== ""),
    choices,
    value: () => (refused() ? none : (inUse() ?? "")),
    problem,
    trouble: () => {
      const now = state()
      if (problem()?._tag === "DeviceLost") return "lost"
      return now._tag === "On" && now.silent ? "silent" : undefined
    },
    change: () => {
      const now = state()
      return now._tag === "On" ? (now.change ?? undefined) : undefined
    },
    dismissed,
    dismiss: (what) => {
      setDismissed(what)
      capture.giveUp()
    },
    wanted,
    pick: (value) => {
      browserMemory.set(kind, value)
      if (value === none) {
        setRefused(true)
        return run(capture.close)
      }
      // A person who had none wants this one now.
      if (refused()) setOn(true)
      setRefused(false)
      setId(value === "" ? null : value)
      if (!off()) run(capture.open(asking(true)))
    },
    turnOff,
    turnOn,
    toggle: () => (stopped() ? turnOn() : turnOff()),
    resume: () => {
      if (!off() && state()._tag !== "On" && state()._tag !== "Opening") run(capture.open(wanted()))
    },
    reset: () => {
      setOn(!startsOff)
      mute(false)
    },
    reopen: () => run(capture.reopen(wanted()))
  }
}
