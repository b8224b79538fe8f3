import type * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal } from "solid-js"
import type { Choice } from "../components/Picker.js"
import type { Capture, CaptureState } from "../media/Capture.js"
import type { Device, DeviceKind, Wanted } from "../media/MediaDevices.js"
import { browserMemory, tabMemory } from "../memory.js"
import { fromCell } from "../solid/fromCell.js"
import { problemSaying } from "../words/problemSaying.js"
import type { Saying } from "../words/Saying.js"
import { t } from "../words/t.js"

/** The choice of a picker that stands for no device at all. */
const none = "none"

/** One camera or microphone of the page: what is picked, what is open, and what a person can do about it. */
export interface DeviceModel {
  readonly kind: DeviceKind
  readonly state: Accessor<CaptureState>
  readonly track: Accessor<MediaStreamTrack | null>
  /** Off by the person's wish: *No camera*, or *Turn camera off*. */
  readonly off: Accessor<boolean>
  /** Off, or broken: pressing its switch turns it on. */
  readonly stopped: Accessor<boolean>
  /** The page was let in before: browsers name devices only then. */
  readonly allowed: Accessor<boolean>
  readonly choices: Accessor<ReadonlyArray<Choice>>
  readonly value: Accessor<string>
  readonly problem: Accessor<Saying | undefined>
  /** What is wrong with a device that worked: it stopped by itself, or gives nothing, as while a phone call has it. */
  readonly trouble: Accessor<"lost" | "silent" | undefined>
  /** What to open when nobody picks: the device of last time, where it is still there. */
  readonly wanted: () => Wanted
  readonly pick: (value: string) => void
  readonly turnOff: () => void
  /** Opens the device that was picked, or any other where it is gone: what mends a lost or a silent one, too. */
  readonly turnOn: () => void
  /** What its switch does: on when it is `stopped`, off when it is not. */
  readonly toggle: () => void
  /** Opens what is wanted, where a page has let it go without a change of mind. */
  readonly resume: () => void
}

/**
 * Wires one capture to signals. `run` runs its effects for as long as the page stands. A device that `startsOff` is off
 * in a new tab until somebody turns it on.
 */
export const createDevice = (
  kind: DeviceKind,
  capture: Capture,
  devices: Accessor<ReadonlyArray<Device>>,
  run: (effect: Effect.Effect<unknown>) => void,
  startsOff: boolean
): DeviceModel => {
  const changed = `${kind}-${startsOff ? "on" : "off"}`
  const remembered = browserMemory.get(kind)
  const [id, setId] = createSignal<string | null>(remembered === none ? null : remembered)
  const [off, setOff] = createSignal(
    startsOff !== (tabMemory.get(changed) !== null) || (remembered === none && !startsOff)
  )
  const state = fromCell(capture.state)

  const remember = (isOff: boolean) => {
    setOff(isOff)
    if (isOff === startsOff) tabMemory.remove(changed)
    else tabMemory.set(changed, "1")
  }

  const track = createMemo(() => {
    const now = state()
    return now._tag === "On" ? now.track : null
  })

  // The browser's own choice becomes the choice: it is what the picker shows, and what a reload opens again.
  createEffect(() => {
    const now = state()
    if (now._tag === "On" && now.id !== "") setId(now.id)
  })

  const choices = createMemo((): ReadonlyArray<Choice> => {
    const known = devices().filter((device) => device.kind === kind && device.id !== "")
    const named = known.map((device, index) => ({
      value: device.id,
      label: device.label || t.media.unnamed[kind](index + 1)
    }))
    const picked = id()
    const standard = known.some((device) => device.id === picked)
      ? []
      : [{ value: picked ?? "", label: t.media.standard[kind]() }]
    return [...standard, ...named, { value: none, label: t.media.none[kind]() }]
  })

  const wanted = (): Wanted => ({ id: id(), exact: false })

  const turnOn = () => {
    remember(false)
    if (browserMemory.get(kind) === none) browserMemory.remove(kind)
    run(capture.open(wanted()))
  }

  const turnOff = () => {
    remember(true)
    run(capture.close)
  }
  const stopped = () => off() || state()._tag === "Problem"

  return {
    kind,
    state,
    track,
    off,
    stopped,
    allowed: () => devices().some((device) => device.kind === kind && device.label !== ""),
    choices,
    value: () => (off() ? none : (id() ?? "")),
    problem: () => {
      const now = state()
      return now._tag === "Problem" ? problemSaying(now.problem) : undefined
    },
    trouble: () => {
      const now = state()
      if (now._tag === "Problem" && now.problem._tag === "DeviceLost") return "lost"
      return now._tag === "On" && now.silent ? "silent" : undefined
    },
    wanted,
    pick: (value) => {
      browserMemory.set(kind, value)
      remember(value === none)
      if (value === none) return run(capture.close)
      setId(value === "" ? null : value)
      run(capture.open({ id: id(), exact: true }))
    },
    turnOff,
    turnOn,
    toggle: () => (stopped() ? turnOn() : turnOff()),
    resume: () => {
      if (!off() && state()._tag !== "On") run(capture.open(wanted()))
    }
  }
}
