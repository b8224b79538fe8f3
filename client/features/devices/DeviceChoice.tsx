import type { JSX } from "solid-js"
import { problemText } from "../../i18n/problemText.js"
import { t } from "../../i18n/t.js"
import { Select } from "../../ui/Select.js"
import type { DeviceModel } from "./createDevice.js"

/** Why the picked device is not in use. None if *No camera* or *No microphone* is picked. */
const note = (device: DeviceModel) => {
  const problem = device.problem()
  if (problem !== undefined) return problemText(problem).title
  if (device.muted() && device.track() !== null) return t.media.muted()
  return device.off() && device.picked() ? t.media.off() : undefined
}

/** Picks one device, and shows why it is not in use. `DeviceTroubles` shows what can be done about a problem. */
export const DeviceChoice = (props: { readonly device: DeviceModel; readonly children?: JSX.Element }) => (
  <>
    <Select
      label={t.media[props.device.kind]()}
      choices={props.device.choices()}
      value={props.device.value()}
      onPick={props.device.pick}
      note={note(props.device)}
    />
    {props.children}
  </>
)
