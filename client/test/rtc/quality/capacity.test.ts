import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { divideBitrate, voiceBitrate } from "../../../rtc/quality/budget.js"
import {
  allowancesOf,
  type Capacity,
  capacityAfter,
  type Sent,
  unboundedCapacity
} from "../../../rtc/quality/capacity.js"

const none = Number.POSITIVE_INFINITY
const people = { camera: 1_700_000, screen: 0 }
const small = { camera: 200_000, screen: 0 }
const withScreen = { camera: 600_000, screen: 2_500_000 }

describe("what a line carries", () => {
  it("is divided: voices first, then screens, then cameras equally", () => {
    const voices = (count: number, rest: number) => count * voiceBitrate + rest
    assert.deepStrictEqual(divideBitrate(none, [people, withScreen]), [people, withScreen])
    assert.deepStrictEqual(divideBitrate(voices(2, 1_000_000), [people, people]), [
      { camera: 500_000, screen: 0 },
      { camera: 500_000, screen: 0 }
    ])
    assert.deepStrictEqual(divideBitrate(voices(2, 1_000_000), [people, small]), [
      { camera: 800_000, screen: 0 },
      { camera: 200_000, screen: 0 }
    ])
    assert.deepStrictEqual(divideBitrate(voices(1, 1_000_000), [withScreen]), [{ camera: 250_000, screen: 750_000 }])
    assert.deepStrictEqual(divideBitrate(voiceBitrate, [people, withScreen]), [
      { camera: 0, screen: 0 },
      { camera: 0, screen: 0 }
    ])
  })

  it("is never exceeded, and nobody gets more than they asked for", () => {
    const bits = FastCheck.nat(3_000_000)
    const demands = FastCheck.array(FastCheck.record({ camera: bits, screen: bits }), { minLength: 1, maxLength: 30 })
    FastCheck.assert(
      FastCheck.property(FastCheck.nat(20_000_000), demands, (total, demands) => {
        const given = divideBitrate(total, demands)
        const sum = given.reduce((all, { camera, screen }) => all + camera + screen, 0)
        assert.isAtMost(sum, Math.max(0, total - demands.length * voiceBitrate) * 1.000001)
        for (const [index, { camera, screen }] of given.entries()) {
          assert.isAtMost(camera, demands[index]?.camera ?? 0)
          assert.isAtMost(screen, demands[index]?.screen ?? 0)
          const more = divideBitrate(total + 100_000, demands)[index]
          assert.isAtLeast((more?.camera ?? 0) * 1.000001, camera)
          assert.isAtLeast((more?.screen ?? 0) * 1.000001, screen)
        }
      })
    )
  })
})

interface State {
  readonly available?: number | null
  /** It was short this many milliseconds before the measurement. */
  readonly shortAgo?: number
  readonly overloaded?: boolean
}

/** What one connection has sent by a measurement. */
const sending =
  (arrivedBitrate: number, { available = null, overloaded = false, shortAgo = none }: State = {}) =>
  (now: number): Sent => ({
    statistics: { pair: null, availableBitrate: available, loss: 0, arrivedBitrate },
    demand: people,
    shortAt: now - shortAgo,
    isOverloaded: overloaded
  })
type Sending = ReturnType<typeof sending>

const look = (capacity: Capacity, sent: ReadonlyArray<Sending>, now: number) =>
  capacityAfter(
    capacity,
    sent.map((one) => one(now)),
    now
  )

/** The capacity after measurements every 2 seconds. */
const looks = (rounds: ReadonlyArray<ReadonlyArray<Sending>>, from: Capacity = unboundedCapacity, start = 10_000) => {
  let capacity = from
  return rounds.map((sent, index) => {
    capacity = look(capacity, sent, start + (index + 1) * 2_000)
    return capacity
  })
}
const often = <A>(value: A, times: number) => Array.from({ length: times }, () => value)
const well = [sending(1_700_000), sending(1_700_000), sending(1_700_000)]

describe("the line of a host's page", () => {
  const short = [sending(400_000, { shortAgo: 0 }), sending(300_000, { shortAgo: 0 }), sending(300_000)]

  it("bounds nobody while only one guest has too little: that is the guest's own network", () => {
    const [now] = looks([[sending(200_000, { shortAgo: 0 }), sending(1_700_000), sending(1_700_000)]])
    assert.strictEqual(now?.bitrate.limit, none)
    assert.deepStrictEqual(allowancesOf(now ?? unboundedCapacity, [people]), [
      { camera: none, screen: none, machineShare: none }
    ])
  })

  it("carries what got through if several have too little, and everybody gets less", () => {
    const [now] = looks([short])
    assert.strictEqual(now?.bitrate.limit, 800_000)
    const given = allowancesOf(now ?? unboundedCapacity, [people, people, people])
    assert.deepStrictEqual(new Set(given.map(({ camera }) => Math.round(camera))), new Set([186_667]))
  })

  it("carries no more than browsers estimate, since they count losses late", () => {
    const late = [
      sending(900_000, { shortAgo: 0, available: 300_000 }),
      sending(800_000, { shortAgo: 0, available: 200_000 }),
      sending(100_000, { available: 2_000_000 })
    ]
    assert.strictEqual(looks([late])[0]?.bitrate.limit, 480_000)
  })

  it("falls once for one shortage, which counts for 4 seconds, and again for a later one", () => {
    const allowed = often(sending(240_000, { shortAgo: 0 }), 3)
    const limits = (rounds: ReadonlyArray<ReadonlyArray<Sending>>) =>
      looks([short, ...rounds]).map(({ bitrate }) => bitrate.limit)
    assert.deepStrictEqual(limits([allowed, allowed, well]), [800_000, 800_000, 800_000, 800_000])
    assert.deepStrictEqual(limits(often(allowed, 6)), [...often(800_000, 3), ...often(3 * 240_000 * 0.8, 4)])
  })

  it.each([
    [1, 800_000],
    [4, 800_000],
    [5, 360_000],
    [6, 360_000]
  ])("falls once where queues empty, and again where all were short %i s after that, to %i bit/s", (after, limit) => {
    const [fallen] = looks([short])
    const then = [2, 4, 6].reduce((capacity, seconds) => {
      const shortAgo = seconds < after ? none : (seconds - after) * 1_000
      return look(capacity, often(sending(140_000, { shortAgo }), 3), 12_000 + seconds * 1_000)
    }, fallen ?? unboundedCapacity)
    assert.strictEqual(then.bitrate.limit, limit)
  })

  it("carries less than its bound if all use up what they have, and have less than their shares", () => {
    const [bounded] = looks([short])
    const limited = sending(240_000, { available: 230_000 })
    const content = sending(260_000, { available: 320_000 })
    const easy = sending(60_000, { available: 250_000 })
    const then = (sent: ReadonlyArray<Sending>) => looks([sent], bounded, 15_000)[0]?.bitrate.limit ?? 0
    assert.strictEqual(then([limited, limited, limited]), 3 * 230_000 * 0.8)
    // Bad networks of their own do not concern the others.
    assert.isAbove(then([limited, limited, content]), 800_000)
    assert.isAbove(then([easy, easy, easy]), 800_000)
    assert.isAbove(then([limited]), 800_000)
    assert.isAbove(then([]), 800_000)
    assert.strictEqual(looks([often(limited, 3)])[0]?.bitrate.limit, none)
  })

  it("bounds nobody while a few of many have too little", () => {
    const two = often(sending(300_000, { shortAgo: 0 }), 2)
    assert.strictEqual(looks([[...two, ...often(sending(1_700_000), 10)]])[0]?.bitrate.limit, none)
    const three = [...two, sending(300_000, { shortAgo: 0 }), ...often(sending(1_700_000), 9)]
    const [fallen] = looks([three])
    assert.isBelow(fallen?.bitrate.limit ?? none, none)
    const one = [sending(300_000, { shortAgo: 0 }), ...often(sending(1_700_000), 11)]
    assert.strictEqual(looks(often(one, 20), fallen, 20_000).at(-1)?.bitrate.limit, none)
  })

  it.each([
    [2, 1, none],
    [3, 1, none],
    [8, 1, none],
    [12, 2, none],
    [3, 2, 800_000],
    [12, 3, 800_000]
  ])("comes back in a room of %i while %i have too little on networks of their own, to %d", (guests, few, limit) => {
    const [fallen] = looks([short])
    const sent = [...often(sending(200_000, { shortAgo: 0 }), few), ...often(sending(1_700_000), guests - few)]
    assert.strictEqual(looks(often(sent, 20), fallen, 12_000).at(-1)?.bitrate.limit, limit)
  })

  it("leaves each a small picture after a gap in which all was lost, and recovers", () => {
    const [lost] = looks([often(sending(0, { shortAgo: 0 }), 3)])
    for (const { camera } of allowancesOf(lost ?? unboundedCapacity, often(people, 3))) assert.isAtLeast(camera, 25_000)
    assert.strictEqual(looks(often(well, 40), lost, 20_000).at(-1)?.bitrate.limit, none)
  })

  it("is raised step by step, and bounds nobody in the end", () => {
    const [now] = looks([short])
    const then = looks(often(well, 20), now, 20_000).map(({ bitrate }) => bitrate.limit)
    assert.deepStrictEqual(then.slice(0, 4), [1_200_000, 1_200_000, 1_800_000, 1_800_000])
    assert.strictEqual(then.at(-1), none)
  })
})

describe("the machine of a host's page", () => {
  const strained = [sending(1, { overloaded: true }), sending(1, { overloaded: true }), sending(1)]
  const sharesOf = (capacities: ReadonlyArray<Capacity>) => capacities.map(({ machineShare }) => machineShare.limit)

  it("does half of the work if half of its encoders have no time, and half of that if it does not help", () => {
    const shares = sharesOf(looks(often(strained, 44)))
    assert.deepStrictEqual(
      shares,
      [1 / 2, 1 / 4, 1 / 8, 1 / 8].flatMap((share) => often(share, 11))
    )
    assert.deepStrictEqual(sharesOf(looks([[sending(1, { overloaded: true }), sending(1), sending(1)]])), [none])
  })

  it("is halved once for a short overload, which Chromium reports for 20 seconds", () => {
    const spike = [...often(strained, 11), ...often(well, 16)]
    assert.deepStrictEqual(sharesOf(looks(spike)), [...often(1 / 2, 25), none, none])
  })

  it("waits twice as long each time the whole work was too much, though that shows after 25 seconds", () => {
    let now = unboundedCapacity
    let whole = 0
    const shares = Array.from({ length: 200 }, (_, round) => {
      const overloaded = whole > 12
      now = look(now, overloaded ? strained : well, round * 2_000)
      whole = now.machineShare.limit === none ? whole + 1 : 0
      return now.machineShare.limit
    })
    const falls = shares.flatMap((share, look) => (share < none && shares[look - 1] === none ? [look * 2_000] : []))
    assert.deepStrictEqual(
      falls.slice(1).map((at, index) => at - (falls[index] ?? 0)),
      [30_000, 60_000, 120_000].map((wait) => wait + 26_000)
    )
  })

  it("does all of the work again some time after it has had time", () => {
    const [now] = looks([strained])
    const calm = sharesOf(looks(often(well, 15), now, 12_000))
    assert.deepStrictEqual([calm[13], calm[14]], [1 / 2, none])
  })
})
