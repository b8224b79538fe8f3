import { DeadEnd } from "../../app/DeadEnd.js"
import { mount } from "../../app/mount.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"

void mount(() => <DeadEnd status={statusText("bad", t.common.nothingHere)} />)
