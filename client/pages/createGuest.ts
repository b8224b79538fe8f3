import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scope from "effect/Scope"
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js"
import { BrowserMediaDevices } from "../media/BrowserMediaDevices.js"
import { makeCapture, openTogether } from "../media/Capture.js"
import { makeDeviceList } from "../media/DeviceList.js"
import { CallsLive } from "../rtc/CallsLive.js"
import { type GuestCall, makeGuestCall } from "../rtc/GuestCall.js"
import type { GuestState } from "../rtc/States.js"
import { createOpened } from "../solid/createOpened.js"
import { createRunner } from "../solid/createRunner.js"
import { fromRef } from "../solid/fromRef.js"
import { createDevice } from "./createDevice.js"
import { browserMemory, tabMemory } from "./memory.js"

/** Every service of the guest page. */
export const GuestLive = Layer.merge(CallsLive, BrowserMediaDevices)

export type GuestServices = Layer.Layer.Success<typeof GuestLive>

/** The guest page's one place where services become signals. */
export const createGuest = (runtime: ManagedRuntime.ManagedRuntime<GuestServices, never>, room: string | undefined) => {
  const run = createRunner(runtime)
  const scope = Effect.runSync(Scope.make())
  onCleanup(() => runtime.runFork(Scope.close(scope, Exit.void)))
  const made = runtime.runSync(
    Effect.all([makeCapture("camera"), makeCapture("microphone"), makeDeviceList]).pipe(Scope.extend(scope))
  )
  const [cameraCapture, microphoneCapture, list] = made
  const devices = fromRef(list.devices)
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
      run(openTogether(cameraCapture, microphoneCapture, wanted))
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
  const opened = createOpened<GuestCall, GuestServices>(runtime)
  const call = createMemo(() => {
    const current = opened.current()
    return current && { state: fromRef(current.state), incoming: fromRef(current.incoming) }
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
    if (inside()) return call()?.state() ?? { _tag: "Joining", offline: false }
    return { _tag: left() ? "Left" : "Idle" }
  }

  const join = () => {
    const called = name().trim()
    browserMemory.set("name", called)
    tabMemory.set(insideFlag, "1")
    setInside(true)
    if (left()) openDevices()
    setLeft(false)
    const tracks = { audio: microphone.track(), video: camera.track(), screen: null }
    opened.open(makeGuestCall({ room, name: called === "" ? undefined : called, tracks }))
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
      if (current !== undefined) run(current.retry)
    }
  } as const
}

export type GuestModel = ReturnType<typeof createGuest>
