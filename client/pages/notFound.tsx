import { saying } from "../words/Saying.js"
import { t } from "../words/t.js"
import { DeadEnd } from "./DeadEnd.js"
import { show } from "./show.js"

void show(() => <DeadEnd saying={saying("bad", t.common.nothingHere)} />)
