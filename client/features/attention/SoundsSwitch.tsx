import { t } from "../../i18n/t.js"
import { Switch } from "../../ui/Switch.js"

/** Switches the chimes of the page on and off. */
export const SoundsSwitch = (props: {
  readonly attention: { readonly sounds: () => boolean; readonly setSounds: (on: boolean) => void }
}) => (
  <Switch
    label={t.attention.sounds()}
    detail={t.attention.soundsDetail()}
    on={props.attention.sounds()}
    onChange={props.attention.setSounds}
  />
)
