import { expect, test } from "vitest"
import { measureSizes } from "../bench/sizes.js"

test("the Worker and the first load of each page keep to their budgets", async () => {
  const sizes = await measureSizes()
  expect(sizes).toHaveLength(4)
  for (const { budget, name, value } of sizes) {
    expect(value, name).toBeGreaterThan(1)
    expect(value, name).toBeLessThanOrEqual(budget ?? 0)
  }
})
