import { assert, it } from "@effect/vitest"
import { measureRows } from "../../bench/rows.js"

it("each request reads and writes no more rows than its budget, in one round trip", async () => {
  const over = (await measureRows()).filter(({ budget, value }) => budget !== undefined && value > budget)
  assert.deepStrictEqual(over, [])
}, 60_000)
