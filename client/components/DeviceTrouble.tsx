import { Show } from "solid-js"
import type { DeviceModel } from "../pages/createDevice.js"
import { saying } from "../words/Saying.js"
import { t } from "../words/t.js"
import { Button } from "./Button.js"
import { Notice } from "./Notice.js"

/** A device that worked has stopped or fallen silent: says so, with the one button that mends it. */
export const DeviceTrouble = (props: { readonly device: DeviceModel }) => (
  <Show when={props.device.trouble()}>
    {(trouble) => {
      const words = () => t.media.trouble[props.device.kind][trouble()]
      return (
        <Notice saying={saying("warn", words())} role="alert">
          <Button look="main" onClick={() => props.device.turnOn()}>
            {words().mend()}
          </Button>
        </Notice>
      )
    }}
  </Show>
)
