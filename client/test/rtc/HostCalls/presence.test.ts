import { assert, describe, it } from "@effect/vitest"
import { absenceOf, after, nextChange, type PresenceEvent, unknown } from "../../../rtc/HostCalls/presence.js"

/** The presence after these events, each at its second. */
const history = (...events: ReadonlyArray<readonly [second: number, event: PresenceEvent]>) =>
  events.reduce((presence, [second, event]) => after(presence, event, second * 1000), unknown)

/** What a guest looks like in each of these seconds. */
const looks = (presence: typeof unknown, seconds: ReadonlyArray<number>) =>
  seconds.map((second) => {
    const { away, gone } = absenceOf(presence, second * 1000)
    return away ? "away" : gone === null ? "there" : "gone"
  })

describe("a guest", () => {
  const live = [
    [0, "Joined"],
    [1, "Called"],
    [2, "Connected"]
  ] as const

  it("is shown as gone after 10 s without a connection, and as away after 60", () => {
    const lost = history(...live, [100, "Broken"])
    assert.deepStrictEqual(looks(lost, [100, 109, 110, 159, 160]), ["there", "there", "gone", "gone", "away"])
    assert.isFalse(absenceOf(lost, 160_000).over)
    assert.strictEqual(absenceOf(lost, 160_000).gone, 100_000)
    assert.deepStrictEqual(
      [100, 110, 160].map((second) => nextChange(lost, second * 1000)),
      [110_000, 160_000, null]
    )
  })

  it("is away after 5 s if the page closes or the channel is closed", () => {
    const closed = history(...live, [100, "Closing"], [107, "Broken"])
    assert.deepStrictEqual(looks(closed, [100, 104, 105]), ["there", "there", "away"])
    assert.isTrue(absenceOf(closed, 105_000).over)
    // A gap in which the page is closed counts from its beginning.
    const gap = history(...live, [100, "Broken"], [130, "Closing"])
    assert.deepStrictEqual(looks(gap, [134, 135]), ["gone", "away"])
  })

  it("is still present if its page is reloaded, however late the message of its closing comes", () => {
    for (const reload of [
      [
        [100, "Closing"],
        [101, "Announced"],
        [101.5, "Joined"],
        [102, "Called"],
        [103, "Connected"]
      ],
      [
        [100, "Closing"],
        [101, "Joined"],
        [102, "Called"],
        [102.5, "Announced"],
        [103, "Connected"]
      ],
      [
        [100, "Closing"],
        [101, "Joined"],
        [102, "Called"],
        [103, "Connected"],
        [104, "Announced"]
      ]
    ] as const) {
      assert.deepStrictEqual(looks(history(...live, ...reload), [104, 200]), ["there", "there"])
    }
  })

  it("is away by the service's message of a closed page once the connection breaks", () => {
    const closed = history(...live, [100, "Announced"], [106, "Broken"])
    assert.deepStrictEqual(looks(closed, [106]), ["away"])
    const later = history(...live, [100, "Announced"], [150, "Broken"])
    assert.deepStrictEqual(looks(later, [209, 210]), ["gone", "away"])
  })

  it("is away if it has joined and not called for 60 s, and back as soon as it does", () => {
    const silent = history([0, "Joined"])
    assert.deepStrictEqual(looks(silent, [59, 60]), ["gone", "away"])
    for (const event of ["Joined", "Called", "Restarting", "Connected"] as const) {
      assert.deepStrictEqual(looks(after(silent, event, 300_000), [300, 309]), ["there", "there"])
    }
    // Calls that do not get connected begin no new gap.
    assert.deepStrictEqual(looks(history([0, "Joined"], [20, "Called"], [40, "Called"]), [59, 60]), ["gone", "away"])
  })

  it("may wait to be let in without limit, unless its page closes", () => {
    const waiting = history([0, "Knocked"])
    assert.deepStrictEqual(looks(waiting, [3000]), ["there"])
    assert.isNull(nextChange(waiting, 0))
    assert.deepStrictEqual(looks(after(waiting, "Announced", 100_000), [104, 105]), ["there", "away"])
  })

  it("is back if its page was only hidden, and its connection is established", () => {
    const aside = history(...live, [100, "Closing"], [102, "Spoke"])
    assert.deepStrictEqual(looks(aside, [105, 200]), ["there", "there"])
    assert.isTrue(absenceOf(aside, 200_000).present)
  })

  it("is not gone while it looks for a better path", () => {
    assert.deepStrictEqual(looks(history(...live, [100, "Restarting"]), [100, 200]), ["there", "there"])
  })
})
