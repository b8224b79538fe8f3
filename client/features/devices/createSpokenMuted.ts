import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js"
import type { Observable } from "../../browser/Observable.js"
import { levelOf } from "../../media/Level.js"
import { loudMore } from "../../media/speaking.js"
import { createAutoDismiss } from "../../solid/createAutoDismiss.js"
import { createOpened } from "../../solid/createOpened.js"
import type { DeviceModel } from "./createDevice.js"
import type { DevicesModel } from "./createDevices.js"

/** Somebody speaks once this many more levels were loud than quiet. There are 15 levels in a second. */
const loudSurplus = 12

/** Whether somebody speaks into a muted microphone. */
export interface SpokenMutedModel {
  /** The notice is to be shown now. It disappears by itself after 10 seconds. */
  readonly spoken: Accessor<boolean>
  readonly dismiss: () => void
}

interface SpokenMutedOptions {
  readonly devices: {
    readonly microphone: Pick<DeviceModel, "muted" | "track">
    readonly soundShape: Pick<DevicesModel["soundShape"], "original">
  }
  /** There is somebody to speak to, and the page is visible. */
  readonly hasListener: Accessor<boolean>
  readonly levelOf?: (track: MediaStreamTrack) => Effect.Effect<Observable<number>, never, Scope.Scope>
}

/**
 * Notices, once for each muting, that a muted person speaks. A muted microphone stays open (see `Capture.enable`), but
 * its track delivers silence, so the level is taken from a clone of that track, which never leaves this page and ends
 * with the muting. Music is no speech: with original sound nothing is noticed.
 */
export const createSpokenMuted = (options: SpokenMutedOptions): SpokenMutedModel => {
  const { microphone, soundShape } = options.devices
  const metering = createOpened<Observable<number>, never>()
  const [said, setSaid] = createSignal<"not yet" | "now" | "before">("not yet")
  const isSaid = () => said() === "now"
  const dismiss = () => void setSaid("before")
  createEffect(() => {
    if (!microphone.muted()) setSaid("not yet")
  })
  createAutoDismiss(() => (isSaid() ? said() : undefined), dismiss)

  const listens = () => microphone.muted() && said() === "not yet" && options.hasListener() && !soundShape.original()
  const track = createMemo(() => (listens() ? microphone.track() : null))
  createEffect(() => {
    const copy = track()?.clone()
    if (copy === undefined) return
    copy.enabled = true
    metering.open((options.levelOf ?? levelOf)(copy))
    onCleanup(() => {
      // At once: a device is closed only when all its tracks have stopped.
      copy.stop()
      metering.close()
    })
  })
  createEffect(() => {
    let surplus = 0
    const receive = (level: number) => {
      surplus = loudMore(surplus, level)
      if (surplus >= loudSurplus) setSaid("now")
    }
    const stopListening = metering.current()?.listen(receive)
    if (stopListening !== undefined) onCleanup(stopListening)
  })
  return { spoken: isSaid, dismiss }
}
