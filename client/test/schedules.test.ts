import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as schedules from "../signaling/schedules.js"

/** The first delays of a schedule, in milliseconds. */
const delaysOf = (schedule: Schedule.Schedule<unknown>, count: number) =>
  Schedule.run(Schedule.delays(schedule), 0, Array.from({ length: count })).pipe(
    Effect.map((delays) => Chunk.toReadonlyArray(delays).map(Duration.toMillis))
  )

describe("schedules", () => {
  it.effect("backoff doubles from 250 ms to 10 s, each shortened by at most a half, and never ends", () =>
    Effect.gen(function* () {
      const delays = yield* delaysOf(schedules.backoff, 40)
      assert.strictEqual(delays.length, 40)
      for (const [n, delay] of delays.entries()) {
        const whole = Math.min(250 * 2 ** n, 10_000)
        assert.isAtLeast(delay, whole / 2)
        assert.isAtMost(delay, whole)
      }
    })
  )

  it.effect("keepPlace looks every 5 minutes", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* delaysOf(schedules.keepPlace, 3), [300_000, 300_000, 300_000])
    })
  )

  it("every patience is what its sentence says", () => {
    const seconds = (patience: Duration.Duration) => Duration.toSeconds(patience)
    assert.deepStrictEqual(
      {
        pollWait: seconds(schedules.pollWait),
        pollGrace: seconds(schedules.pollGrace),
        pollFloor: seconds(schedules.pollFloor),
        requestPatience: seconds(schedules.requestPatience),
        retryAfterFloor: seconds(schedules.retryAfterFloor),
        leavePatience: seconds(schedules.leavePatience),
        claimPatience: seconds(schedules.claimPatience),
        pressHolds: seconds(schedules.pressHolds),
        sleepLook: seconds(schedules.sleepLook),
        sleepLeap: seconds(schedules.sleepLeap),
        networkPatience: seconds(schedules.networkPatience),
        qualityLook: seconds(schedules.qualityLook),
        outboxRetry: seconds(schedules.outboxRetry),
        firstBatch: seconds(schedules.firstBatch),
        laterBatches: seconds(schedules.laterBatches),
        iceServersPatience: seconds(schedules.iceServersPatience),
        iceServersMargin: seconds(schedules.iceServersMargin),
        iceServersMarginOfHost: seconds(schedules.iceServersMarginOfHost),
        relayMove: seconds(schedules.relayMove),
        iceServersShared: seconds(schedules.iceServersShared),
        disconnectedPatience: seconds(schedules.disconnectedPatience),
        iceRestartPatience: seconds(schedules.iceRestartPatience),
        connectPatience: seconds(schedules.connectPatience)
      },
      {
        pollWait: 25,
        pollGrace: 10,
        pollFloor: 1,
        requestPatience: 10,
        retryAfterFloor: 0.25,
        leavePatience: 2,
        claimPatience: 3,
        pressHolds: 10,
        sleepLook: 5,
        sleepLeap: 10,
        networkPatience: 6,
        qualityLook: 2,
        outboxRetry: 0.25,
        firstBatch: 0.05,
        laterBatches: 0.2,
        iceServersPatience: 5,
        iceServersMargin: 120,
        iceServersMarginOfHost: 240,
        relayMove: 20,
        iceServersShared: 60,
        disconnectedPatience: 3,
        iceRestartPatience: 8,
        connectPatience: 15
      }
    )
  })
})
