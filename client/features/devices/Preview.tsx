import { type JSX, Show } from "solid-js"
import { t } from "../../i18n/t.js"
import lobby from "../../styles/lobby.module.css"
import type { DevicesModel } from "./createDevices.js"
import { MediaButtons } from "./MediaButtons.js"
import { SelfView } from "./SelfView.js"

/** At a door: what others will see, and the switches of camera and microphone. */
export const Preview = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone">
  /** Nothing can be switched where nothing is going to be sent. */
  readonly switches: boolean
  /** Said where there is no picture and none is being opened. Left out: that the camera is off. */
  readonly instead?: string | undefined
  readonly children?: JSX.Element
}) => {
  const opening = (device: "camera" | "microphone") => props.devices[device].state()._tag === "Opening"
  /** While a camera opens its picture has its place already: what stands below does not move when it comes. */
  const empty = () => props.devices.camera.track() === null && !opening("camera")
  const instead = () => {
    if (!opening("camera")) return props.instead ?? t.media.cameraOff()
    if (props.devices.camera.allowed()) return t.media.opening()
    return opening("microphone") ? t.media.asking() : t.media.askingCamera()
  }
  return (
    <section class={lobby.stage}>
      <div class={lobby.well} data-empty={empty() ? "" : undefined}>
        <SelfView track={props.devices.camera.track()} instead={instead()} />
      </div>
      <Show when={props.switches}>
        <div class={lobby.switches}>
          <MediaButtons microphone={props.devices.microphone} camera={props.devices.camera} />
        </div>
      </Show>
      {props.children}
    </section>
  )
}
