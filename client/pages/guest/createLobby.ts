import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal, on } from "solid-js"
import type { Cell } from "../../Cell.js"
import { levelOf } from "../../media/Level.js"
import { playTestTone } from "../../media/TestTone.js"
import type { NetworkVerdict } from "../../rtc/States.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromCell } from "../../solid/fromCell.js"
import type { DevicesModel } from "../createDevices.js"
import { engine } from "../engine.js"

/** What a guest may try before the call: how loud the microphone is, whether the speaker sounds, what the network lets through. */
export const createLobby = (devices: DevicesModel, room: string | undefined, inside: () => boolean) => {
  const run = createRunner()
  const metering = createOpened<Cell<number>, never>()
  createEffect(
    on([devices.microphone.track, inside], ([track, isInside]) => {
      if (track !== null && !isInside) metering.open(levelOf(track))
      else metering.close()
    })
  )
  const metered = createMemo(() => {
    const level = metering.current()
    return level && fromCell(level)
  })

  const [tone, setTone] = createSignal<"silent" | "playing" | "failed">("silent")
  const playTone = () => {
    if (tone() === "playing") return
    setTone("playing")
    run(
      Effect.match(playTestTone(devices.speaker.sinkId()), {
        onSuccess: () => void setTone("silent"),
        onFailure: () => void setTone("failed")
      })
    )
  }

  const [network, setNetwork] = createSignal<NetworkVerdict | "Checking">("Unknown")
  const checkNetwork = () => {
    if (network() === "Checking") return
    setNetwork("Checking")
    run(
      Effect.flatMap(engine, ({ checkNetworkOf }) => checkNetworkOf(room)).pipe(
        Effect.orElseSucceed(() => "Unknown" as const),
        Effect.tap((verdict) => Effect.sync(() => void setNetwork(verdict)))
      )
    )
  }
  // With a camera or microphone allowed, browsers give connections this machine's own addresses too.
  const settled = createMemo(() =>
    [devices.camera, devices.microphone].every(({ state }) => state()._tag !== "Opening")
  )
  createEffect(
    on(settled, (now, before) => {
      if (now && before !== true && !inside()) checkNetwork()
    })
  )

  return { level: () => metered()?.() ?? 0, tone, playTone, network, checkNetwork } as const
}

export type LobbyModel = ReturnType<typeof createLobby>
