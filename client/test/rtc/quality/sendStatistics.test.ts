import { assert, describe, it } from "@effect/vitest"
import { dropsFrames, isOverloaded, sendStatisticsBetween } from "../../../rtc/quality/sendStatistics.js"

interface Entry {
  readonly id: string
  readonly [name: string]: string | number | boolean
}

const statistics = (...entries: ReadonlyArray<Entry>) => ({
  camera: "1",
  report: new Map<string, unknown>(entries.map((entry) => [entry.id, entry]))
})

/** Two seconds of a picture: frames that came to its encoder, which made 50, and how many of 200 packets were lost. */
const reports = (came: number, lost: number, more: Partial<Entry> = {}, before: Partial<Entry> = {}) =>
  [
    statistics(
      { id: "s", type: "media-source", frames: 70 },
      {
        id: "o",
        type: "outbound-rtp",
        timestamp: 1_000,
        bytesSent: 0,
        packetsSent: 0,
        framesEncoded: 50,
        ...before
      },
      { id: "r", type: "remote-inbound-rtp", localId: "o", packetsLost: 0 }
    ),
    statistics(
      { id: "t", type: "transport", selectedCandidatePairId: "p" },
      { id: "p", type: "candidate-pair", availableOutgoingBitrate: 900_000 },
      { id: "s", type: "media-source", frames: 70 + came },
      {
        id: "o",
        type: "outbound-rtp",
        timestamp: 3_000,
        bytesSent: 250_000,
        packetsSent: 200,
        mediaSourceId: "s",
        framesEncoded: 100,
        ...more
      },
      { id: "r", type: "remote-inbound-rtp", localId: "o", packetsLost: lost }
    )
  ] as const

describe("what a connection sends", () => {
  it("is measured by what arrives, and by the browser's estimate of the network", () => {
    assert.deepStrictEqual(sendStatisticsBetween(...reports(50, 50)), {
      pair: "p",
      availableBitrate: 900_000,
      loss: 0.25,
      arrivedBitrate: 750_000
    })
  })

  it("has the loss that the other side reports, which it does every 5 seconds for a voice", () => {
    /** Measurements 2 seconds apart, between which a report came, `since` milliseconds after the previous one. */
    const lossOf = (since: number, lost: number) =>
      sendStatisticsBetween(
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
    // Until a new report comes, the last one holds.
    assert.strictEqual(lossOf(0, 0), 0.1)
  })

  it("is unknown if the browser reports nothing", () => {
    const nothing = sendStatisticsBetween(statistics(), statistics())
    assert.deepStrictEqual(nothing, { pair: null, availableBitrate: null, loss: 0, arrivedBitrate: 0 })
  })
})

describe("an encoder", () => {
  type Made = readonly [came: number, more?: Partial<Entry>, before?: Partial<Entry>]
  const overloaded = (...[came, more, before]: Made) => isOverloaded(...reports(came, 0, more, before))
  const drops = (...[came, more, before]: Made) => dropsFrames(...reports(came, 0, more, before))

  it("has no time if the browser reports that", () => {
    assert.isTrue(overloaded(50, { qualityLimitationReason: "cpu" }))
    assert.isFalse(overloaded(50, { qualityLimitationReason: "bandwidth" }))
  })

  it("has time however long a frame takes: a hardware encoder works on several", () => {
    assert.isFalse(overloaded(50, { totalEncodeTime: 4 }, { totalEncodeTime: 0 }))
  })

  it("drops frames if it encodes less than half of those that come", () => {
    assert.isTrue(drops(101))
    assert.isFalse(drops(100))
  })

  it("has time while it is paused, whatever the browser reported last, and drops nothing", () => {
    assert.isFalse(overloaded(60, { qualityLimitationReason: "cpu", framesEncoded: 50 }))
    assert.isFalse(drops(60, { framesEncoded: 50 }))
    assert.isFalse(drops(60, { framesEncoded: 60 }, { active: false }))
    assert.isFalse(drops(60, { framesEncoded: 60, active: false }, { active: true }))
  })
})
