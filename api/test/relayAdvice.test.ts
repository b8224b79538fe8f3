import { assert, describe, it } from "@effect/vitest"
import { relayAdvice } from "../../scripts/relayAdvice.js"

describe("what a deployment is told of its relay", () => {
  it("is to set a host password if there is none", () => {
    for (const relay of ["TURN_KEY_ID", "TURN_URLS"]) {
      assert.include(relayAdvice(new Set([relay])), "secret put HOST_PASSWORD")
      assert.isUndefined(relayAdvice(new Set([relay, "HOST_PASSWORD"])))
    }
    assert.isUndefined(relayAdvice(new Set()))
  })

  it("is conditional if the settings are not known", () => {
    assert.include(relayAdvice(undefined), "Could not find out")
  })
})
