import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as SubscriptionRef from "effect/SubscriptionRef"
import { PeerConnections } from "../../../rtc/PeerConnections.js"
import { Signaling } from "../../../signaling/Signaling.js"
import { aMoment, Fakes, hosting, noTracks } from "../../fakes/calls.js"

describe("a host", () => {
  it.scoped("keeps candidates that come before their offer", () =>
    Effect.gen(function* () {
      const signaling = yield* Signaling
      const connections = yield* PeerConnections
      const calls = yield* hosting()
      yield* aMoment
      const token = "e".repeat(43)
      const place = yield* signaling.joinAsGuest({ token })
      const to = place.host?.id ?? ""
      const connection = yield* connections.make({ iceServers: [], relayOnly: false, tracks: noTracks })
      const sdp = yield* connection.offer({ iceRestart: false })
      yield* signaling.send(token, {
        type: "candidate",
        to,
        connection: "c1",
        candidates: [{ candidate: "candidate:1" }]
      })
      yield* aMoment
      yield* signaling.send(token, { type: "offer", to, connection: "c1", sdp })
      yield* aMoment
      const { messages } = yield* signaling.readInbox(token, place.cursor)
      for (const message of messages) {
        if (message.type === "answer") {
          yield* connection.applyAnswer(message.sdp)
          yield* Effect.forEach(message.candidates ?? [], connection.addCandidate)
        }
        if (message.type === "candidate") yield* connection.addCandidate(message.candidates[0] ?? null)
      }
      yield* aMoment
      assert.strictEqual((yield* SubscriptionRef.get(calls.guests))[0]?.state, "Live")
    }).pipe(Effect.provide(Fakes))
  )
})
