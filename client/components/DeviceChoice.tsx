import { type JSX, Show } from "solid-js"
import type { DeviceModel } from "../pages/createDevice.js"
import { t } from "../words/t.js"
import { Button } from "./Button.js"
import { Notice } from "./Notice.js"
import { Picker } from "./Picker.js"

/** A device that was picked and is stopped for now. None at all says so itself. */
const note = (device: DeviceModel) => {
  if (device.muted() && device.track() !== null) return t.media.muted()
  return device.off() && device.picked() ? t.media.off() : undefined
}

/** One picker, and what is wrong with what was picked. */
export const DeviceChoice = (props: { readonly device: DeviceModel; readonly children?: JSX.Element }) => (
  <>
    <Picker
      label={t.media[props.device.kind]()}
      choices={props.device.choices()}
      value={props.device.value()}
      onPick={props.device.pick}
      note={note(props.device)}
    />
    {props.children}
    <Show when={props.device.trouble() === undefined && props.device.problem()}>
      {(problem) => (
        <Notice saying={problem()} role="alert">
          <Button onClick={() => props.device.turnOn()}>{t.media.tryAgain()}</Button>
        </Notice>
      )}
    </Show>
  </>
)
