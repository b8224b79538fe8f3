import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { LevelMeter } from "../../ui/LevelMeter.js"
import type { DevicesModel } from "./createDevices.js"
import type { SoundCheckModel } from "./createSoundCheck.js"
import { DeviceChoice } from "./DeviceChoice.js"
import css from "./SoundCheck.module.css"
import { SpeakerChoice } from "./SpeakerChoice.js"

/** The microphone with its level, and the speaker with a test tone. */
export const SoundCheck = (props: {
  readonly devices: Pick<DevicesModel, "microphone" | "speaker">
  readonly check: SoundCheckModel
}) => (
  <>
    <DeviceChoice device={props.devices.microphone}>
      <LevelMeter level={props.check.level()} label={t.media.level()} />
    </DeviceChoice>
    <div class={css.speaker}>
      <SpeakerChoice speaker={props.devices.speaker} />
      <Button onClick={() => props.check.playTone()}>
        {props.check.tone() === "playing" ? t.media.testTonePlaying() : t.media.testTone()}
      </Button>
      <p class={css.hint} aria-live="polite">
        {props.check.tone() === "failed" ? t.media.testToneFailed() : ""}
      </p>
    </div>
  </>
)
