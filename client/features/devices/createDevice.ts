import type * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import { browserMemory, tabMemory } from "../../browser/memory.js"
import { t } from "../../i18n/t.js"
import type { Capture, CaptureState, Change } from "../../media/Capture.js"
import type { Device, DeviceKind, MediaProblem, SoundShape, Wanted } from "../../media/MediaDevices.js"
import { fromObservable } from "../../solid/fromObservable.js"
import type { Choice } from "../../ui/Select.js"

/** The value of a picker for no device at all. */
const none = "none"

/** One camera or microphone of the page: what is picked, what is open, and what a person can do about it. */
export interface DeviceModel {
  readonly kind: DeviceKind
  readonly state: Accessor<CaptureState>
  readonly track: Accessor<MediaStreamTrack | null>
  /** Closed by the person's choice: *No camera*, *Stop video*, or not turned on yet. Its light is out. */
  readonly off: Accessor<boolean>
  /** Whether the person wants a device of this kind: false after *No camera* or *No microphone*. */
  readonly picked: Accessor<boolean>
  /**
   * The microphone is open and delivers silence, so that its first word is not lost later. Always false for a camera.
   */
  readonly muted: Accessor<boolean>
  /** Off, muted or broken: pressing its switch turns it on. */
  readonly stopped: Accessor<boolean>
  /** The page was given permission before: only then do browsers name devices. */
  readonly allowed: Accessor<boolean>
  readonly choices: Accessor<ReadonlyArray<Choice>>
  readonly value: Accessor<string>
  readonly problem: Accessor<MediaProblem | undefined>
  /** What is wrong with a device that worked: it stopped by itself, or delivers nothing, as during a phone call. */
  readonly trouble: Accessor<"lost" | "silent" | undefined>
  /** Why another device is in use than the one that was asked for. */
  readonly change: Accessor<Change | undefined>
  /**
   * The problem or change that the person has dismissed. The next one is shown again, even if it is of the same kind.
   */
  readonly dismissed: Accessor<MediaProblem | Change | null>
  /** The person has read it. A device that could not be opened stays closed until they turn it on. */
  readonly dismiss: (what: MediaProblem | Change) => void
  /** What to open when nobody picks: the previous device, if it is still there. */
  readonly wanted: () => Wanted
  /** Picks another device. It is muted or stopped if the previous one was. */
  readonly pick: (value: string) => void
  /** Closes a camera, mutes a microphone. */
  readonly turnOff: () => void
  /** Opens the device that was picked, or another one if it is gone. Also fixes a lost or a silent one. */
  readonly turnOn: () => void
  /** Turns it on if it is `stopped`, else off. */
  readonly toggle: () => void
  /** Opens it again after the page closed it, if the person has not turned it off. */
  readonly resume: () => void
  /** Forgets what was turned on and off in this tab. An open device stays open. */
  readonly reset: () => void
  /** Opens an open device again, with what is wanted now. A muted one stays muted. */
  readonly reopen: () => void
}

/** A setting of this tab, which outlives a reload. */
const createTabSetting = (name: string) => {
  const [isOn, setIsOn] = createSignal(tabMemory.get(name) !== null)
  return [
    isOn,
    (value: boolean) => {
      setIsOn(value)
      if (value) tabMemory.set(name, "1")
      else tabMemory.remove(name)
    }
  ] as const
}

interface DeviceOptions {
  readonly kind: DeviceKind
  readonly capture: Capture
  readonly devices: Accessor<ReadonlyArray<Device>>
  /** Runs the capture's effects until the page closes. */
  readonly run: (effect: Effect.Effect<unknown>) => void
  /** Off in a new tab until somebody turns it on. */
  readonly startsOff: boolean
  /** For a microphone: how its sound is processed. */
  readonly shape?: Accessor<SoundShape>
}

/** Wires one capture to signals. */
export const createDevice = ({ capture, devices, kind, run, shape, startsOff }: DeviceOptions): DeviceModel => {
  const remembered = browserMemory.get(kind)
  const [id, setId] = createSignal<string | null>(remembered === none ? null : remembered)
  const [refused, setRefused] = createSignal(remembered === none)
  const [changed, setChanged] = createTabSetting(`${kind}-${startsOff ? "on" : "off"}`)
  const [muted, setMuted] = createTabSetting(`${kind}-muted`)
  const off = () => refused() || changed() !== startsOff
  const setOn = (on: boolean) => setChanged(on === startsOff)
  const state = fromObservable(capture.state)
  capture.enable(!muted())

  const mute = (isMuted: boolean) => {
    setMuted(isMuted)
    capture.enable(!isMuted)
  }

  const track = createMemo(() => {
    const current = state()
    return current._tag === "On" ? current.track : null
  })

  // The browser's own choice becomes the choice: it is what the picker shows, and what a reload opens again.
  createEffect(() => {
    const current = state()
    // But not a replacement for a lost device, which is opened again once it is back.
    if (current._tag === "On" && current.id !== "" && current.change?._tag !== "Instead") setId(current.id)
  })

  const inUse = () => {
    const current = state()
    return current._tag === "On" && current.id !== "" ? current.id : id()
  }
  const [dismissed, setDismissed] = createSignal<MediaProblem | Change | null>(null)
  const problem = () => {
    const current = state()
    return current._tag === "Problem" ? current.problem : undefined
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
    const current = state()
    if (current._tag === "Opening" || (current._tag === "On" && !current.silent)) return
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
      const current = state()
      if (problem()?._tag === "DeviceLost") return "lost"
      return current._tag === "On" && current.silent ? "silent" : undefined
    },
    change: () => {
      const current = state()
      return current._tag === "On" ? (current.change ?? undefined) : undefined
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
      // A person who wanted none before wants this one now.
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
