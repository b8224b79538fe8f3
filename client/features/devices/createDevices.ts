import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberHandle from "effect/FiberHandle"
import * as Scope from "effect/Scope"
import { createEffect, on, onCleanup } from "solid-js"
import { outputInterval } from "../../browser/timings.js"
import { makeCapture, openTogether } from "../../media/Capture.js"
import { makeDeviceList } from "../../media/DeviceList.js"
import { MediaDevices } from "../../media/MediaDevices.js"
import { createRunner } from "../../solid/createRunner.js"
import { fromObservable } from "../../solid/fromObservable.js"
import { createDevice } from "./createDevice.js"
import { createSoundShape } from "./createSoundShape.js"
import { createSpeaker } from "./createSpeaker.js"

/**
 * Camera, microphone and speaker of a page, as a person picks them. `startsOff`: as a host's camera and microphone do.
 */
export const createDevices = (mediaDevices: Context.Tag.Service<MediaDevices>, startsOff = false) => {
  const run = createRunner()
  const scope = Effect.runSync(Scope.make())
  onCleanup(() => Effect.runFork(Scope.close(scope, Exit.void)))
  const [cameraCapture, microphoneCapture, list, opening, checking] = Effect.runSync(
    Effect.all([
      makeCapture("camera"),
      makeCapture("microphone"),
      makeDeviceList,
      FiberHandle.make<void>(),
      FiberHandle.make()
    ]).pipe(Scope.extend(scope), Effect.provideService(MediaDevices, mediaDevices))
  )
  const listed = fromObservable(list.devices)
  const devices = () => listed() ?? []
  const camera = createDevice({ kind: "camera", capture: cameraCapture, devices, run, startsOff })
  const soundShape = createSoundShape()
  const microphone = createDevice({
    kind: "microphone",
    capture: microphoneCapture,
    devices,
    run,
    startsOff,
    shape: soundShape.wanted
  })
  createEffect(on(soundShape.wanted, () => microphone.reopen(), { defer: true }))

  const speaker = createSpeaker(devices, () => listed() !== null)
  // Chromium on Linux reports no event for an output that a sound server adds, as for a wireless headset, so it is
  // polled.
  createEffect(
    on(speaker.missing, (missing) =>
      run(
        missing ? FiberHandle.run(checking, Effect.schedule(list.refresh, outputInterval)) : FiberHandle.clear(checking)
      )
    )
  )

  // Devices have labels only once one was allowed.
  createEffect(on([camera.track, microphone.track], () => run(list.refresh)))

  /** Opens what is wanted and not open. If that is both, the person is asked once. */
  const open = () => {
    if ([camera, microphone].some((device) => device.off() || ["On", "Opening"].includes(device.state()._tag))) {
      camera.resume()
      microphone.resume()
    } else {
      const wanted = { camera: camera.wanted(), microphone: microphone.wanted() }
      const both = openTogether(cameraCapture, microphoneCapture, wanted)
      run(FiberHandle.run(opening, Effect.provideService(both, MediaDevices, mediaDevices)))
    }
  }

  /**
   * Stops both, and leaves the person's choices as they are. A device that is still being opened is closed once it is
   * open.
   */
  const pause = () => {
    run(Effect.zipRight(FiberHandle.clear(opening), Effect.zipRight(cameraCapture.close, microphoneCapture.close)))
  }

  /** Stops both, and returns to what a new tab has turned on and off. */
  const reset = () => {
    camera.reset()
    microphone.reset()
    pause()
  }

  return {
    camera,
    microphone,
    soundShape,
    speaker,
    open,
    pause,
    reset
  } as const
}

export type DevicesModel = ReturnType<typeof createDevices>
