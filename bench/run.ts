/**
 * `npm run bench`: what an operation costs, how large the product is, how long a message takes. The other parts take
 * longer, and are asked for by name, as `npm run bench -- idle`: what waiting costs (`idle`), what a guest's arrival costs the
 * host's page (`arrival`), the CPU of each kind of request (`cpu`), the time from the press of *Join* to the first picture
 * beside PeerJS (`join`), 200 peers at once (`load`), how fast pages are on a slow phone (`pages`), 1,000 rooms with joins
 * all the time (`crowd`), what 10,000 rooms need and cost (`scale`), what the programme costs and how late it is
 * (`programme`), what a change of network (`roaming`) and narrow links (`narrow`) do to a call, and what each codec costs and
 * gives (`codecs`). `messages` and `rows` are parts of the usual ones.
 */
import { build } from "../scripts/build.js"
import { main, Problem } from "../scripts/Problem.js"
import { measureArrival } from "./arrival.js"
import { measureCodecs } from "./codecs.js"
import { measureCpu } from "./cpu.js"
import { measureCrowd } from "./crowd.js"
import { measureHolds } from "./holds.js"
import { measureIdle } from "./idle.js"
import { measureJoin } from "./join.js"
import { measureLoad } from "./load.js"
import { measureMessages } from "./messages.js"
import { measureNarrow, measureRoaming } from "./networks.js"
import { measurePageLoads } from "./pageLoads.js"
import { measureProgramme } from "./programme.js"
import { type Row, report } from "./report.js"
import { measureRequests } from "./requests.js"
import { measureRows } from "./rows.js"
import { measureScale } from "./scale.js"
import { measureSizes } from "./sizes.js"

const usual = [measureRows, measureSizes, measureMessages, measureRequests]
const longer = new Map([
  ["arrival", [measureArrival]],
  ["codecs", [measureCodecs]],
  ["cpu", [measureCpu]],
  ["crowd", [measureCrowd]],
  ["rows", [measureRows]],
  ["idle", [measureIdle, measureHolds]],
  ["join", [measureJoin]],
  ["load", [measureLoad]],
  ["pages", [measurePageLoads]],
  ["scale", [measureScale]],
  ["messages", [measureMessages]],
  ["narrow", [measureNarrow]],
  ["programme", [measureProgramme]],
  ["roaming", [measureRoaming]]
])

main(async () => {
  const [part] = process.argv.slice(2)
  const measures = part === undefined ? usual : longer.get(part)
  if (measures === undefined)
    throw new Problem(`There is no part ${part}. Give one of ${[...longer.keys()].join(", ")}.`)
  await build()
  const rows: Array<Row> = []
  for (const measure of measures) rows.push(...(await measure()))
  await report(rows)
})
