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

/** Somebody speaks once so many more levels were loud than quiet. There are 15 in a second. */
const spoken = 12

/** That somebody speaks into a muted microphone. */
export interface SpokenMutedModel {
  /** To be said now. It ends by itself after 10 seconds. */
  readonly spoken: Accessor<boolean>
  readonly dismiss: () => void
}

interface SpokenMutedOptions {
  readonly devices: {
    readonly microphone: Pick<DeviceModel, "muted" | "track">
    readonly soundShape: Pick<DevicesModel["soundShape"], "original">
  }
  /** There is somebody to speak to, and somebody who reads it. */
  readonly company: Accessor<boolean>
  readonly levelOf?: (track: MediaStreamTrack) => Effect.Effect<Observable<number>, never, Scope.Scope>
}

/**
 * Notices, once for each muting, that a person speaks who is muted. A muted microphone stays open (see `Capture.enable`),
 * and its track gives silence: what is listened to is a copy of that track, which leaves this page nowhere and ends with
 * the muting. Music is no speech: with original sound nothing is said.
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

  const listens = () => microphone.muted() && said() === "not yet" && options.company() && !soundShape.original()
  const track = createMemo(() => (listens() ? microphone.track() : null))
  createEffect(() => {
    const copy = track()?.clone()
    if (copy === undefined) return
    copy.enabled = true
    metering.open((options.levelOf ?? levelOf)(copy))
    onCleanup(() => {
      // At once: a device that is closed or changed is let go by all who hold it.
      copy.stop()
      metering.close()
    })
  })
  createEffect(() => {
    let more = 0
    const hear = (level: number) => {
      more = loudMore(more, level)
      if (more >= spoken) setSaid("now")
    }
    const forget = metering.current()?.listen(hear)
    if (forget !== undefined) onCleanup(forget)
  })
  return { spoken: isSaid, dismiss }
}
