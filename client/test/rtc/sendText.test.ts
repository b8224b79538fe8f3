import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
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
    const logged: Array<string> = []
    const log = Logger.replace(
      Logger.defaultLogger,
      Logger.make(({ message }) => void logged.push(String(message)))
    )
    const taken = Effect.runSync(
      sendText({ readyState, bufferedAmount, send }, "hello").pipe(
        Logger.withMinimumLogLevel(LogLevel.Debug),
        Effect.provide(log)
      )
    )
    return { logged, sent, taken }
  }

  it.each([
    ["is sent", {}, true],
    ["is not sent before the channel is open", { readyState: "connecting" }, false],
    ["is not sent once the channel is closed", { readyState: "closed" }, false],
    ["waits for a channel that stands still", { bufferedAmount: 65_537 }, false],
    ["longer than the other side takes breaks nothing", { most: 1 }, false]
  ] as const)("%s", (_, now, taken) => {
    const { sent, taken: said } = channel(now)
    assert.deepStrictEqual([said, sent], [taken, taken ? ["hello"] : []])
  })

  it("that the channel refuses is logged with its length and the reason", () => {
    assert.deepStrictEqual(channel({}).logged, [])
    assert.match(channel({ most: 1 }).logged.join(), /5 characters.*TypeError: The message is larger/)
  })
})
