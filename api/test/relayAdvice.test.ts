import { assert, describe, it } from "@effect/vitest"
import { relayAdvice } from "../../scripts/relayAdvice.js"

describe("what a deployment is told of its relay", () => {
  it("is to set a host password where there is none", () => {
    for (const relay of ["TURN_KEY_ID", "TURN_URLS"]) {
      assert.include(relayAdvice(new Set([relay])), "secret put HOST_PASSWORD")
      assert.isUndefined(relayAdvice(new Set([relay, "HOST_PASSWORD"])))
    }
    assert.isUndefined(relayAdvice(new Set()))
  })

  it("says that it is not known where nobody could tell", () => {
    assert.include(relayAdvice(undefined), "could not be read")
  })
})
