import { Show } from "solid-js"
import { languages, pickLanguage } from "../../i18n/languages.js"
import { language, t } from "../../i18n/t.js"
import { Select } from "../../ui/Select.js"
import { Switch } from "../../ui/Switch.js"
import type { DevicesModel } from "./createDevices.js"
import { createSoundCheck } from "./createSoundCheck.js"
import { DeviceChoice } from "./DeviceChoice.js"
import { SoundCheck } from "./SoundCheck.js"

/** What a person changes during a call: devices, and the language of the page. */
export const DeviceSettings = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone" | "soundShape" | "speaker">
}) => {
  const check = createSoundCheck(props.devices, () => true)
  return (
    <>
      <DeviceChoice device={props.devices.camera} />
      <SoundCheck devices={props.devices} check={check} />
      <Switch
        label={t.media.original()}
        detail={t.media.originalDetail()}
        on={props.devices.soundShape.original()}
        onChange={props.devices.soundShape.setOriginal}
      />
      <Show when={!props.devices.soundShape.original()}>
        <Switch
          label={t.media.denoise()}
          detail={t.media.denoiseDetail()}
          on={props.devices.soundShape.denoised()}
          onChange={props.devices.soundShape.setDenoised}
        />
      </Show>
      <Select label={t.common.language()} choices={languages} value={language()} onPick={pickLanguage} />
    </>
  )
}
