import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { makeGuestCall } from "../../../rtc/GuestCall.js"
import type { PeerConnection } from "../../../rtc/PeerConnections.js"
import { lessened, linesFor, shownPixels } from "../../../rtc/quality/wanted.js"
import { aMoment, Fakes, hosting, quietGuest, untilTag } from "../../fakes/calls.js"
import { FakeNetwork } from "../../fakes/FakePeerConnections.js"

describe("the lines that a picture is shown at", () => {
  it.each([
    [{ width: 1280, height: 720 }, { width: 640, height: 400 }, "contain", 360],
    [{ width: 1280, height: 720 }, { width: 640, height: 400 }, "cover", 400],
    [{ width: 720, height: 1280 }, { width: 640, height: 640 }, "contain", 360],
    [{ width: 0, height: 0 }, { width: 320, height: 400 }, "contain", 180],
    [{ width: 0, height: 0 }, { width: 0, height: 0 }, "contain", 0]
  ] as const)("are those of its shorter side: %o in %o, %s", (picture, box, fit, pixels) => {
    assert.strictEqual(Math.round(shownPixels(picture, box, fit)), pixels)
  })

  it("are requested in steps, and at most 1080", () => {
    assert.deepStrictEqual([0, 1, 90, 91, 100, 541, 720, 4000].map(linesFor), [0, 90, 90, 90, 180, 540, 720, 1080])
  })

  it("are fewer if the machine is the limit, but never 0", () => {
    const cameras = [Number.POSITIVE_INFINITY, 1 / 2, 1 / 4, 1 / 8].map(
      (share) => lessened({ camera: 720, screen: 1080 }, share).camera
    )
    assert.deepStrictEqual(cameras, [720, 720, 540, 360])
    assert.deepStrictEqual(lessened({ camera: 90, screen: 0 }, 1 / 8), { camera: 90, screen: 0 })
    assert.deepStrictEqual(lessened({ camera: 0, screen: 0 }, 1 / 8), { camera: 0, screen: 0 })
  })
})

describe("what one side wants of the other", () => {
  it.scoped(
    "is what the other side's encoder is told, until the next connection, and nothing while a page closes",
    () =>
      Effect.gen(function* () {
        const network = yield* FakeNetwork
        const calls = yield* hosting()
        yield* untilTag(calls.state, "Listening")
        const call = yield* makeGuestCall(quietGuest)
        yield* aMoment
        const [guest] = yield* SubscriptionRef.get(calls.guests)
        // No picture has to be real: only the encoder's parameters are checked.
        const picture = Object.create(null)
        yield* call.setTrack("video", picture)
        yield* calls.setTrack(guest?.peer.id ?? "", "video", picture)
        yield* aMoment
        const lines = () => network.made.slice(-2).map(({ limits }) => limits?.camera.lines)
        assert.deepStrictEqual(lines(), [720, 720])

        yield* calls.tell(guest?.peer.id ?? "", { type: "wanted", camera: 180, screen: 0 })
        yield* call.say({ type: "wanted", camera: 0, screen: 0 })
        yield* aMoment
        assert.sameMembers(lines(), [180, 0])

        yield* call.say({ type: "wanted", camera: 360, screen: 0 })
        yield* aMoment
        assert.sameMembers(lines(), [180, 360])
        yield* call.sayAway
        yield* aMoment
        assert.sameMembers(lines(), [180, 0])

        yield* call.retry
        yield* aMoment
        assert.include(lines(), 720)
      }).pipe(Effect.provide(Fakes))
  )

  it.scoped("delays nothing while a browser takes long to set an encoder, which gets the latest then", () =>
    Effect.gen(function* () {
      const network = yield* FakeNetwork
      const calls = yield* hosting()
      yield* untilTag(calls.state, "Listening")
      const call = yield* makeGuestCall(quietGuest)
      yield* aMoment
      const [guest] = yield* SubscriptionRef.get(calls.guests)
      const taken = yield* Effect.makeLatch(false)
      const told: Array<number> = []
      const slow: Pick<PeerConnection, "setLimits"> = {
        setLimits: ({ camera }) =>
          Effect.zipRight(
            Effect.sync(() => told.push(camera.lines)),
            taken.await
          )
      }
      // The guest's connection is made first, and then the host's.
      Object.assign(network.made[1] ?? assert.fail("The host has none."), slow)
      const picture = Object.create(null)
      yield* calls.setTrack(guest?.peer.id ?? "", "video", picture)
      for (const camera of [90, 180, 270, 360] as const) {
        yield* call.say({ type: "wanted", camera, screen: 0 })
        yield* aMoment
      }
      yield* call.say({ type: "hand", raised: true })
      yield* aMoment
      const [tile] = yield* SubscriptionRef.get(calls.guests)
      assert.isNotNull(tile?.hand)
      assert.deepStrictEqual(told, [720])
      yield* taken.open
      yield* aMoment
      assert.deepStrictEqual(told.slice(0, 2), [720, 360])
    }).pipe(Effect.provide(Fakes))
  )
})
