import { assert, describe, it } from "@effect/vitest"
import { sendText } from "../../rtc/sendText.js"

describe("a text for a channel", () => {
  const channel = (now: {
    readonly readyState?: RTCDataChannelState
    readonly bufferedAmount?: number
    readonly most?: number
  }) => {
    const sent: Array<string> = []
    const { bufferedAmount = 0, most = 100, readyState = "open" } = now
    const send = (text: string) => {
      if (text.length > most) throw new TypeError("The message is larger than maxMessageSize.")
      sent.push(text)
    }
    return { sent, taken: sendText({ readyState, bufferedAmount, send }, "hello") }
  }

  it.each([
    ["is sent", {}, true],
    ["is not sent before the channel is open", { readyState: "connecting" }, false],
    ["is not sent once the channel is closed", { readyState: "closed" }, false],
    ["waits for a channel that stands still", { bufferedAmount: 65_537 }, false],
    ["longer than the other side takes breaks nothing", { most: 1 }, false]
  ] as const)("%s", (_, now, taken) => {
    assert.deepStrictEqual(channel(now), { sent: taken ? ["hello"] : [], taken })
  })
})
