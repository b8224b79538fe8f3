import { readdir } from "node:fs/promises"
import { assert, it } from "@effect/vitest"
import { paths } from "../local/paths.js"
import { migrations } from "../migrations.js"

it("the Worker knows every migration by name", async () => {
  assert.deepStrictEqual((await readdir(paths.migrations)).filter((name) => name.endsWith(".sql")).sort(), [
    ...migrations
  ])
})
