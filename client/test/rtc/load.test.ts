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

  it("is lost as the other side reports it, which for a voice it does every 5 seconds", () => {
    /** Looks 2 seconds apart, between which a report came, `since` milliseconds after the one before. */
    const lossOf = (since: number, lost: number) =>
      loadBetween(
        statistics(
          { id: "o", type: "outbound-rtp", timestamp: 6_000, packetsSent: 300 },
          { id: "r", type: "remote-inbound-rtp", localId: "o", timestamp: 2_000, packetsLost: 7, fractionLost: 0.1 }
        ),
        statistics(
          { id: "o", type: "outbound-rtp", timestamp: 8_000, packetsSent: 400 },
          {
            id: "r",
            type: "remote-inbound-rtp",
            localId: "o",
            timestamp: 2_000 + since,
            packetsLost: 7 + lost,
            fractionLost: 0.1
          }
        )
      ).loss
    assert.strictEqual(lossOf(5_000, 25), 0.1)
    // While no new report has come the last one holds.
    assert.strictEqual(lossOf(0, 0), 0.1)
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
