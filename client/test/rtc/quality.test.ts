import { assert, describe, it } from "@effect/vitest"
import { pathOf } from "../../rtc/quality.js"

describe("the path", () => {
  const report = (local: string, remote: string) =>
    new Map<string, unknown>([
      ["t", { type: "transport", selectedCandidatePairId: "p" }],
      ["p", { type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "r" }],
      ["l", { candidateType: local }],
      ["r", { candidateType: remote }]
    ])
  it("is a relay where either end is one", () => {
    assert.strictEqual(pathOf(report("host", "srflx")), "direct")
    assert.strictEqual(pathOf(report("relay", "srflx")), "relay")
    assert.strictEqual(pathOf(report("host", "relay")), "relay")
    assert.strictEqual(pathOf(new Map()), "unknown")
  })
})
