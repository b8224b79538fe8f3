import * as Effect from "effect/Effect"
import { createEffect, createMemo, createSignal, on } from "solid-js"
import type { NetworkVerdict } from "../../rtc/States.js"
import { createRunner } from "../../solid/createRunner.js"
import type { DevicesModel } from "../createDevices.js"
import { createSoundCheck } from "../createSoundCheck.js"
import { engine } from "../engine.js"

/** What the network lets through, tried before the call. */
export const createLobby = (devices: DevicesModel, room: string | undefined, inside: () => boolean) => {
  const run = createRunner()
  const [network, setNetwork] = createSignal<NetworkVerdict | "Checking">("Unknown")
  const checkNetwork = () => {
    if (network() === "Checking") return
    setNetwork("Checking")
    run(
      Effect.flatMap(engine.loaded, ({ checkNetworkOf }) => checkNetworkOf(room)).pipe(
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

  return { check: createSoundCheck(devices, () => !inside()), network, checkNetwork } as const
}

export type LobbyModel = ReturnType<typeof createLobby>
