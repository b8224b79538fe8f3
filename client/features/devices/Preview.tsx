import { type JSX, Show } from "solid-js"
import { t } from "../../i18n/t.js"
import lobby from "../../styles/lobby.module.css"
import type { DevicesModel } from "./createDevices.js"
import { MediaButtons } from "./MediaButtons.js"
import { SelfView } from "./SelfView.js"

/** Before the call: what others will see, and the switches of camera and microphone. */
export const Preview = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone">
  /** False when nothing is going to be sent. */
  readonly showSwitches: boolean
  /** Shown if there is no picture and no camera is being opened. Default: that the camera is off. */
  readonly placeholder?: string | undefined
  readonly children?: JSX.Element
}) => {
  const opening = (device: "camera" | "microphone") => props.devices[device].state()._tag === "Opening"
  /** While a camera opens, the place of its picture is kept free: what is below does not move when it comes. */
  const empty = () => props.devices.camera.track() === null && !opening("camera")
  const placeholderText = () => {
    if (!opening("camera")) return props.placeholder ?? t.media.cameraOff()
    if (props.devices.camera.allowed()) return t.media.opening()
    return opening("microphone") ? t.media.asking() : t.media.askingCamera()
  }
  return (
    <section class={lobby.stage}>
      <div class={lobby.well} data-empty={empty() ? "" : undefined}>
        <SelfView track={props.devices.camera.track()} placeholder={placeholderText()} />
      </div>
      <Show when={props.showSwitches}>
        <div class={lobby.switches}>
          <MediaButtons microphone={props.devices.microphone} camera={props.devices.camera} />
        </div>
      </Show>
      {props.children}
    </section>
  )
}
