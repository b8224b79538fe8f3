/** `npm run bench`: what an operation costs, how large the product is, how long a message takes. */
import { build } from "../api/local/build.js"
import { main } from "../api/local/Problem.js"
import { measureLatency } from "./latency.js"
import { report } from "./report.js"
import { measureRequests } from "./requests.js"
import { measureRows } from "./rows.js"
import { measureSizes } from "./sizes.js"

main(async () => {
  await build()
  const rows = [await measureRows(), await measureSizes(), await measureLatency(), await measureRequests()]
  await report(rows.flat())
})
