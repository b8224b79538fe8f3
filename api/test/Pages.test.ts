import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { Pages } from "../Pages.js"
import { settings } from "./services.js"

describe("the pages", () => {
  it.effect("answer 500 if they cannot be read, and the cause is logged", () =>
    Effect.gen(function* () {
      const logged: Array<string> = []
      const broken = () => Promise.reject(new Error("assets: internal error; reference = 7"))
      const answer = yield* Effect.flatMap(Pages, ({ serve }) =>
        serve(new Request("http://localhost/host?key=k"))
      ).pipe(
        Effect.provide(Pages.layer({ fetch: broken })),
        Effect.provide(settings()),
        Effect.provide(
          Logger.replace(
            Logger.defaultLogger,
            Logger.map(Logger.jsonLogger, (line) => void logged.push(line))
          )
        )
      )
      assert.strictEqual(answer?.status, 500)
      assert.strictEqual(answer?.headers.get("cache-control"), "no-store")
      const { _tag, message } = yield* Effect.promise(async () => Object(await answer?.json()))
      assert.strictEqual(_tag, "InternalError")
      assert.notInclude(message, "reference")
      assert.strictEqual(logged.length, 1)
      assert.include(logged[0], "reference = 7")
      assert.include(logged[0], "/host")
      assert.notInclude(logged[0], "key=k")
    })
  )
})
