import * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js"
import { callsPart } from "../../app/loadCalls.js"
import type { PartUnloaded } from "../../app/part.js"
import type { DevicesModel } from "../../features/devices/createDevices.js"
import { createSoundCheck } from "../../features/devices/createSoundCheck.js"
import { kinds, type OutgoingTracks } from "../../rtc/OutgoingTracks.js"
import type { Prepared } from "../../rtc/prepared.js"
import type { Readiness } from "../../rtc/readiness.js"
import type { NetworkVerdict } from "../../rtc/States.js"
import { createOpened } from "../../solid/createOpened.js"
import { createRunner } from "../../solid/createRunner.js"

/** Events that show that somebody is at the page, and may press *Join* next. */
const signsOfLife = ["pointermove", "pointerdown", "keydown", "visibilitychange"] as const

interface LobbyOptions {
  readonly devices: DevicesModel
  readonly room: string | undefined
  readonly tracks: Accessor<OutgoingTracks>
  readonly inCall: Accessor<boolean>
}

/** What can be done before the call: making its connection and its offer, and testing the network. */
export const createLobby = ({ devices, inCall, room, tracks }: LobbyOptions) => {
  const run = createRunner()
  const ready = createOpened<Readiness, PartUnloaded>()
  const [network, setNetwork] = createSignal<NetworkVerdict | "Checking">("Unknown")
  const prepare = () => ready.open(Effect.flatMap(callsPart.loaded, ({ readyGuest }) => readyGuest(room, tracks)))
  const testNetwork = () => {
    setNetwork("Checking")
    prepare()
  }
  /** A verdict is kept when the connection is prepared anew, because each test sends something through the relay. */
  const isChecked = () => !["Checking", "Unknown"].includes(untrack(network))
  // Once a camera or microphone is allowed, browsers also give connections this machine's own addresses.
  const settled = createMemo(
    () => !inCall() && [devices.camera, devices.microphone].every(({ state }) => state()._tag !== "Opening")
  )
  createEffect(
    on(settled, (current, previous) => {
      if (current && previous !== true) testNetwork()
    })
  )
  createEffect(() => {
    const readiness = ready.current()
    if (ready.failure() !== undefined && !isChecked()) setNetwork("Unknown")
    if (readiness !== undefined && !isChecked())
      run(Effect.map(readiness.verdict, (verdict) => ready.current() === readiness && setNetwork(verdict)))
  })
  for (const kind of kinds) {
    createEffect(() => {
      const track = tracks()[kind]
      const readiness = ready.current()
      if (readiness !== undefined) run(readiness.setTrack(kind, track))
    })
  }

  const renew = () => {
    if (settled() && !document.hidden && ready.current()?.isStale(Date.now()) === true) prepare()
  }
  for (const sign of signsOfLife) {
    document.addEventListener(sign, renew)
    onCleanup(() => document.removeEventListener(sign, renew))
  }

  return {
    check: createSoundCheck(devices, () => !inCall()),
    network,
    testNetwork: () => {
      if (network() !== "Checking") testNetwork()
    },
    /** The prepared connection, which belongs to the call from now on. */
    take: (): Prepared | null => {
      const taken = ready.current()?.take(Date.now()) ?? null
      ready.close()
      return taken
    }
  } as const
}

export type LobbyModel = ReturnType<typeof createLobby>
