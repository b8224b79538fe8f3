import type { DevicesModel } from "../pages/createDevices.js"
import { languages, pickLanguage } from "../words/languages.js"
import { language, t } from "../words/t.js"
import { DeviceChoice } from "./DeviceChoice.js"
import { Picker } from "./Picker.js"
import { SpeakerChoice } from "./SpeakerChoice.js"

/** What a person changes during a call: devices, and the language of the page. */
export const DeviceSettings = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone" | "speaker">
}) => (
  <>
    <DeviceChoice device={props.devices.camera} />
    <DeviceChoice device={props.devices.microphone} />
    <SpeakerChoice speaker={props.devices.speaker} />
    <Picker label={t.common.language()} choices={languages} value={language()} onPick={pickLanguage} />
  </>
)
