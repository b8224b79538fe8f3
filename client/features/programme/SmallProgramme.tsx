import { t } from "../../i18n/t.js"
import { Video } from "../../ui/Video.js"
import css from "./SmallProgramme.module.css"

/** What guests see, small in the corner of a wide page. A press opens the programme's panel. */
export const SmallProgramme = (props: { readonly stream: MediaStream; readonly onPress: () => void }) => (
  <button
    type="button"
    class={css.small}
    aria-label={t.host.layout.picture()}
    data-hint={t.host.layout.picture()}
    onClick={() => props.onPress()}
  >
    <Video stream={props.stream} fit="contain" />
  </button>
)
