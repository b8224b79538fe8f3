import { assert, describe, it } from "@effect/vitest"
import { guestSources } from "../../../pages/host/guestSources.js"
import type { GuestView } from "../../../rtc/States.js"
import { tileOf } from "../../fakes/calls.js"

const [voice, camera, screen] = ["voice", "camera", "screen"].map((id): MediaStreamTrack => Object({ id }))
const stream: MediaStream = Object({ getAudioTracks: () => [voice], getVideoTracks: () => [camera] })
const shared: MediaStream = Object({ getVideoTracks: () => [screen] })

/** Each kind with its tracks, of a guest whose tracks are all there. */
const recorded = (changes: Partial<GuestView>) =>
  guestSources(tileOf("ada", { stream, screen: shared, ...changes })).map(({ audio, kind, video }) => [
    kind,
    audio,
    video
  ])

describe("what can be recorded of a guest", () => {
  it("is a voice, a camera and a screen, each in a file of its own", () => {
    const all = [
      ["sound", voice, null],
      ["camera", voice, camera],
      ["screen", null, screen]
    ]
    assert.deepStrictEqual(recorded({}), all)
    assert.deepStrictEqual(recorded({ state: "Interrupted" }), all)
  })

  it("is only the voice if the camera is off, muted or not", () => {
    const sending = { camera: false, microphone: false, screen: false }
    assert.deepStrictEqual(recorded({ sending, screen: null }), [
      ["sound", voice, null],
      ["camera", voice, null],
      ["screen", null, null]
    ])
  })

  it("is nothing before the connection is established, though the tracks are there", () => {
    for (const state of ["Joined", "Connecting", "Away"] as const) {
      for (const [, audio, video] of recorded({ state })) assert.deepStrictEqual([audio, video], [null, null], state)
    }
  })
})
