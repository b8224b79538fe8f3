import * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js"
import type { Observable } from "../../browser/Observable.js"
import { levelOf } from "../../media/Level.js"
import { playTestTone } from "../../media/TestTone.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromObservable } from "../../solid/fromObservable.js"
import type { DevicesModel } from "./createDevices.js"

/** The level of the microphone while it is `watched`, and a tone that tests the speaker. */
export const createSoundCheck = (
  { microphone, speaker }: Pick<DevicesModel, "microphone" | "speaker">,
  watched: Accessor<boolean>
) => {
  const run = createRunner()
  const metering = createOpened<Observable<number>, never>()
  createEffect(
    on([microphone.track, watched], ([track, isWatched]) => {
      if (track !== null && isWatched) metering.open(levelOf(track))
      else metering.close()
    })
  )
  const metered = createMemo(() => {
    const level = metering.current()
    return level && fromObservable(level)
  })

  const [tone, setTone] = createSignal<"silent" | "playing" | "failed">("silent")
  const playTone = () => {
    if (tone() === "playing") return
    setTone("playing")
    run(
      Effect.match(playTestTone(speaker.sinkId()), {
        onSuccess: () => void setTone("silent"),
        onFailure: () => void setTone("failed")
      })
    )
  }

  return {
    /** 0 to 1. */
    level: () => metered()?.() ?? 0,
    tone,
    playTone
  } as const
}

export type SoundCheckModel = ReturnType<typeof createSoundCheck>
