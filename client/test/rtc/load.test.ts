import { assert, describe, it } from "@effect/vitest"
import { loadBetween } from "../../rtc/load.js"

interface Entry {
  readonly id: string
  readonly [name: string]: string | number
}

const statistics = (...entries: ReadonlyArray<Entry>) => ({
  camera: "1",
  report: new Map<string, unknown>(entries.map((entry) => [entry.id, entry]))
})

/** Two seconds of a picture: `seconds` of encoding, and of 200 packets so many lost. */
const between = (seconds: number, lost: number, more: Partial<Entry> = {}) =>
  loadBetween(
    statistics(
      {
        id: "o",
        type: "outbound-rtp",
        timestamp: 1_000,
        bytesSent: 0,
        packetsSent: 0,
        totalEncodeTime: 5,
        framesEncoded: 50
      },
      { id: "r", type: "remote-inbound-rtp", localId: "o", packetsLost: 0 }
    ),
    statistics(
      { id: "t", type: "transport", selectedCandidatePairId: "p" },
      { id: "p", type: "candidate-pair", availableOutgoingBitrate: 900_000 },
      {
        id: "o",
        type: "outbound-rtp",
        timestamp: 3_000,
        bytesSent: 250_000,
        packetsSent: 200,
        totalEncodeTime: 5 + seconds,
        framesEncoded: 100,
        ...more
      },
      { id: "r", type: "remote-inbound-rtp", localId: "o", packetsLost: lost }
    )
  )

describe("what a connection sends", () => {
  it("is what arrives of it, and what the browser takes the network to carry", () => {
    assert.deepStrictEqual(between(0.4, 50), { available: 900_000, loss: 0.25, through: 750_000, overloaded: false })
  })

  it("is too much for the machine where the browser says so, or where encoding takes most of the time", () => {
    assert.isTrue(between(0.4, 0, { qualityLimitationReason: "cpu" }).overloaded)
    assert.isFalse(between(0.4, 0, { qualityLimitationReason: "bandwidth" }).overloaded)
    assert.isTrue(between(1.9, 0).overloaded)
  })

  it("is nothing to the machine while nothing is encoded, whatever the browser said last", () => {
    assert.isFalse(between(0, 0, { qualityLimitationReason: "cpu", framesEncoded: 50 }).overloaded)
  })

  it("is unknown where the browser says nothing", () => {
    const nothing = loadBetween(statistics(), statistics())
    assert.deepStrictEqual(nothing, { available: null, loss: 0, through: 0, overloaded: false })
  })
})
