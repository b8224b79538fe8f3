import { t } from "../../i18n/t.js"
import { ToolButton } from "../../ui/ToolButton.js"
import type { DeviceModel } from "./createDevice.js"

/**
 * Switches microphone and camera on and off. Off, a camera is closed and its light is out; a muted microphone stays
 * open.
 */
export const MediaButtons = (props: { readonly microphone: DeviceModel; readonly camera: DeviceModel }) => (
  <>
    <ToolButton
      icon={props.microphone.stopped() ? "microphoneOff" : "microphone"}
      label={props.microphone.stopped() ? t.media.unmute() : t.media.mute()}
      off={props.microphone.stopped()}
      aria-keyshortcuts="M"
      onClick={() => props.microphone.toggle()}
    />
    <ToolButton
      icon={props.camera.stopped() ? "cameraOff" : "camera"}
      label={props.camera.stopped() ? t.media.cameraStart() : t.media.cameraStop()}
      off={props.camera.stopped()}
      aria-keyshortcuts="V"
      onClick={() => props.camera.toggle()}
    />
  </>
)
