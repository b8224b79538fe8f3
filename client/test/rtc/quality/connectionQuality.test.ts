import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { gradeOf, pathOf, qualityBetween } from "../../../rtc/quality/connectionQuality.js"

describe("the path", () => {
  const report = (local: string, remote: string) =>
    new Map<string, unknown>([
      ["t", { type: "transport", selectedCandidatePairId: "p" }],
      ["p", { type: "candidate-pair", localCandidateId: "l", remoteCandidateId: "r" }],
      ["l", { candidateType: local }],
      ["r", { candidateType: remote }]
    ])
  it("is a relay if either end is one", () => {
    assert.strictEqual(pathOf(report("host", "srflx")), "direct")
    assert.strictEqual(pathOf(report("relay", "srflx")), "relay")
    assert.strictEqual(pathOf(report("host", "relay")), "relay")
    assert.strictEqual(pathOf(new Map()), "unknown")
  })
})

describe("the quality of a connection", () => {
  const report = (time: number, received: number, lost: number, bytes: number) => {
    const entries = [
      { id: "t", type: "transport", selectedCandidatePairId: "p" },
      {
        id: "p",
        type: "candidate-pair",
        localCandidateId: "l",
        remoteCandidateId: "r",
        currentRoundTripTime: 0.08
      },
      { id: "l", type: "local-candidate", candidateType: "host" },
      { id: "r", type: "remote-candidate", candidateType: "relay" },
      {
        id: "v",
        type: "inbound-rtp",
        kind: "video",
        mid: "1",
        timestamp: time,
        packetsReceived: received,
        packetsLost: lost,
        bytesReceived: bytes,
        frameWidth: 640,
        frameHeight: 360,
        framesDecoded: time / 40
      }
    ]
    return { report: new Map<string, unknown>(entries.map((entry) => [entry.id, entry])), camera: "1" }
  }

  it("is the difference between two reports", () => {
    const quality = qualityBetween(report(1000, 100, 0, 50_000), report(3000, 190, 10, 150_000))
    assert.strictEqual(quality.roundTrip, 80)
    assert.strictEqual(quality.loss, 0.1)
    assert.strictEqual(quality.received, 400_000)
    assert.deepStrictEqual([quality.width, quality.height, quality.framesPerSecond], [640, 360, 25])
    assert.strictEqual(quality.path, "relay")
    assert.strictEqual(gradeOf(quality), "poor")
  })

  it("has a grade that never improves with more loss or a longer round trip", () => {
    const grades = ["good", "fair", "poor"]
    const loss = FastCheck.float({ min: 0, max: 1, noNaN: true })
    const time = FastCheck.nat(2000)
    FastCheck.assert(
      FastCheck.property(loss, loss, time, time, (one, more, short, longer) => {
        const before = gradeOf({ loss: Math.min(one, more), roundTrip: Math.min(short, longer) })
        const after = gradeOf({ loss: Math.max(one, more), roundTrip: Math.max(short, longer) })
        assert.isAtLeast(grades.indexOf(after), grades.indexOf(before))
      })
    )
  })
})
