/**
 * `npm run bench`: the rows of each request, the size of the product, and the latency of a message. The other parts
 * take longer and are run by name, as `npm run bench -- idle`:
 *
 * - `arrival`: what a guest's arrival costs the host's page
 * - `codecs`: what each codec costs, and how sharp it is
 * - `cpu`: the CPU of each kind of request
 * - `crowd`: 1,000 rooms with joins all the time
 * - `idle`: what waiting costs
 * - `join`: the time from the press of *Join* to the first picture, compared with PeerJS
 * - `load`: 200 peers at once
 * - `narrow`: what narrow links do to a call
 * - `pages`: how fast pages load on a slow phone
 * - `programme`: the cost and the latency of the programme
 * - `roaming`: what a change of network does to a call
 * - `scale`: what 10,000 rooms need and cost
 *
 * `messages` and `rows` run parts of the default.
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
    throw new Problem(`There is no part ${part}. The parts are ${[...longer.keys()].join(", ")}.`)
  await build()
  const rows: Array<Row> = []
  for (const measure of measures) rows.push(...(await measure()))
  await report(rows)
})
