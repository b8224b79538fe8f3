import { assert, describe, it } from "@effect/vitest"
import { afterEach, beforeEach, vi } from "vitest"
import { dropFloods, maxDropped } from "../../rtc/dropFloods.js"
import { maxMessageLength } from "../../rtc/history.js"
import { textsTaken } from "../../rtc/rateLimits.js"

beforeEach(() => void vi.useFakeTimers({ now: 1e12 }))
afterEach(() => void vi.useRealTimers())

/** A channel: what a page takes of its messages, and how often it is closed. */
const open = () => {
  const taken: Array<string> = []
  const close = vi.fn()
  const receive = dropFloods((text) => taken.push(text), close)
  const come = (data: unknown, times = 1) => {
    for (let time = 0; time < times; time++) receive(data)
  }
  return { close, come, taken }
}

describe("the texts of a control channel", () => {
  it("are taken at a limited rate, which silences nobody", () => {
    const { close, come, taken } = open()
    come("a", textsTaken.burst + 20)
    assert.strictEqual(taken.length, textsTaken.burst)
    vi.advanceTimersByTime(textsTaken.every)
    come("b", 20)
    assert.deepStrictEqual(taken.slice(textsTaken.burst), ["b"])
    vi.advanceTimersByTime(textsTaken.burst * textsTaken.every)
    come("c", textsTaken.burst)
    assert.strictEqual(taken.length, 2 * textsTaken.burst + 1)
    assert.strictEqual(close.mock.calls.length, 0)
  })

  it("are dropped if they are longer than any message, and so is anything but text", () => {
    const { come, taken } = open()
    come("a".repeat(maxMessageLength + 1), 10)
    come(new ArrayBuffer(8), 10)
    assert.deepStrictEqual(taken, [])
    come("a".repeat(maxMessageLength))
    assert.strictEqual(taken.length, 1)
  })

  it("end with the channel if a peer writes without end", () => {
    const { close, come, taken } = open()
    come("a", textsTaken.burst + maxDropped - 1)
    assert.strictEqual(close.mock.calls.length, 0)
    come("a", 20_000)
    assert.strictEqual(close.mock.calls.length, 1)
    vi.advanceTimersByTime(60_000)
    come("late")
    assert.strictEqual(taken.length, textsTaken.burst)
  })
})
