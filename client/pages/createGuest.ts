import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { makeCapture, openTogether } from "../media/Capture.js"
import { makeDeviceList } from "../media/DeviceList.js"
import { MediaDevices } from "../media/MediaDevices.js"
import { browserMemory, tabMemory } from "../memory.js"
import type { ShownGuestCall } from "../rtc/engine.js"
import type { GuestState } from "../rtc/States.js"
import { createOpened } from "../solid/createOpened.js"
import { createRunner } from "../solid/createRunner.js"
import { fromCell } from "../solid/fromCell.js"
import { createDevice } from "./createDevice.js"
import { type EngineUnloaded, engine } from "./engine.js"

/** The guest page's one place where services become signals. */
export const createGuest = (mediaDevices: Context.Tag.Service<MediaDevices>, room: string | undefined) => {
  const run = createRunner()
  const scope = Effect.runSync(Scope.make())
  onCleanup(() => Effect.runFork(Scope.close(scope, Exit.void)))
  const made = Effect.runSync(
    Effect.all([makeCapture("camera"), makeCapture("microphone"), makeDeviceList]).pipe(
      Scope.extend(scope),
      Effect.provideService(MediaDevices, mediaDevices)
    )
  )
  const [cameraCapture, microphoneCapture, list] = made
  const devices = fromCell(list.devices)
  const camera = createDevice("camera", cameraCapture, devices, run)
  const microphone = createDevice("microphone", microphoneCapture, devices, run)

  // Labels are there only once a device was allowed.
  createEffect(on([camera.track, microphone.track], () => run(list.refresh)))

  const openDevices = () => {
    if (camera.off() || microphone.off()) {
      camera.resume()
      microphone.resume()
    } else {
      const wanted = { camera: camera.wanted(), microphone: microphone.wanted() }
      run(Effect.provideService(openTogether(cameraCapture, microphoneCapture, wanted), MediaDevices, mediaDevices))
    }
  }

  const [name, setName] = createSignal(browserMemory.get("name") ?? "")
  const [muted, setMuted] = createSignal(tabMemory.get("muted") !== null)
  createEffect(() => {
    const track = microphone.track()
    if (track !== null) track.enabled = !muted()
  })

  const insideFlag = `in-call:${room ?? ""}`
  const [inside, setInside] = createSignal(false)
  const [left, setLeft] = createSignal(false)
  const opened = createOpened<ShownGuestCall, EngineUnloaded>()
  const call = createMemo(() => {
    const current = opened.current()
    return current && { state: fromCell(current.state), incoming: fromCell(current.incoming) }
  })
  createEffect(() => {
    const track = camera.track()
    const current = opened.current()
    if (current !== undefined) run(current.setTrack("video", track))
  })
  createEffect(() => {
    const track = microphone.track()
    const current = opened.current()
    if (current !== undefined) run(current.setTrack("audio", track))
  })

  const state = (): GuestState => {
    if (!inside()) return { _tag: left() ? "Left" : "Idle" }
    if (opened.failure() !== undefined) return { _tag: "Unloaded" }
    return call()?.state() ?? { _tag: "Joining", offline: false }
  }

  // A reload of an ended call joins nothing by itself.
  createEffect(() => {
    if (state()._tag === "Ended") tabMemory.remove(insideFlag)
  })

  const join = () => {
    const called = name().trim()
    browserMemory.set("name", called)
    tabMemory.set(insideFlag, "1")
    setInside(true)
    if (left()) openDevices()
    setLeft(false)
    opened.open(
      Effect.flatMap(engine, ({ openGuestCall }) =>
        // Read late: loading may have taken a while, and only a call that stands hears of a change.
        Effect.suspend(() => {
          const tracks = { audio: microphone.track(), video: camera.track(), screen: null }
          return openGuestCall({ room, name: called === "" ? undefined : called, tracks })
        })
      )
    )
  }

  const leave = () => {
    tabMemory.remove(insideFlag)
    opened.close()
    setInside(false)
    setLeft(true)
    camera.pause()
    microphone.pause()
  }

  openDevices()
  if (tabMemory.get(insideFlag) !== null) join()

  return {
    camera,
    microphone,
    name,
    setName,
    muted,
    setMuted: (isMuted: boolean) => {
      setMuted(isMuted)
      if (isMuted) tabMemory.set("muted", "1")
      else tabMemory.remove("muted")
    },
    openDevices,
    inside,
    state,
    incoming: () => call()?.incoming() ?? null,
    /** What is sent now: for the sentence that tells the guest so. */
    sent: () => ({ camera: camera.track() !== null, microphone: microphone.track() !== null && !muted() }),
    join,
    leave,
    retry: () => {
      const current = opened.current()
      if (current !== undefined) {
        tabMemory.set(insideFlag, "1")
        run(current.retry)
      } else if (opened.failure() !== undefined) join()
    }
  } as const
}

export type GuestModel = ReturnType<typeof createGuest>
