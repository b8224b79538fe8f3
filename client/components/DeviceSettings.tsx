import type { DevicesModel } from "../pages/createDevices.js"
import { createSoundCheck } from "../pages/createSoundCheck.js"
import { languages, pickLanguage } from "../words/languages.js"
import { language, t } from "../words/t.js"
import { DeviceChoice } from "./DeviceChoice.js"
import { Picker } from "./Picker.js"
import { SoundCheck } from "./SoundCheck.js"

/** What a person changes during a call: devices, and the language of the page. */
export const DeviceSettings = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone" | "speaker">
}) => {
  const check = createSoundCheck(props.devices, () => true)
  return (
    <>
      <DeviceChoice device={props.devices.camera} />
      <SoundCheck devices={props.devices} check={check} />
      <Picker label={t.common.language()} choices={languages} value={language()} onPick={pickLanguage} />
    </>
  )
}
