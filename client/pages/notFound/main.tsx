import { DeadEnd } from "../../app/DeadEnd.js"
import { show } from "../../app/mount.js"
import { saying } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"

void show(() => <DeadEnd saying={saying("bad", t.common.nothingHere)} />)
