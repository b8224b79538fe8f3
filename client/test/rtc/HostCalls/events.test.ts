import { assert, describe, it } from "@effect/vitest"
import type { ConnectionEvent } from "../../../rtc/Connection.js"
import { type Changes, changesBy } from "../../../rtc/HostCalls/events.js"
import type * as Tiles from "../../../rtc/HostCalls/tiles.js"
import type { GuestView } from "../../../rtc/States.js"
import { PeerUnknown } from "../../../signaling/SignalingErrors.js"
import { tileIn } from "../../fakes/calls.js"

describe("the events of a connection", () => {
  const face = { id: "face" } as MediaStream
  const screen = { id: "screen" } as MediaStream
  const before: Tiles.Media = { stream: face, second: screen }
  const sent = {
    statistics: { pair: null, availableBitrate: null, loss: 0, arrivedBitrate: 1 },
    demand: { camera: 1, screen: 0 },
    shortAt: Number.NEGATIVE_INFINITY,
    isOverloaded: false
  }
  const quality = {
    roundTrip: 40,
    loss: 0,
    received: 1,
    sent: 1,
    width: 1280,
    height: 720,
    framesPerSecond: 30,
    path: "relay"
  } as const

  interface Told extends Pick<Changes, "presence"> {
    readonly brings: boolean
    /** What has changed in the tile. */
    readonly changed: Partial<GuestView>
  }
  const told = (event: ConnectionEvent, tile: GuestView): Told => {
    const { media, presence, tile: change } = changesBy(event, before, "direct")
    const now = change === null ? tile : change(tile)
    const changed = Object.entries(now).filter(([key, value]) => value !== Reflect.get(tile, key))
    return { presence, brings: media !== before, changed: Object.fromEntries(changed) }
  }
  const none: Told = { presence: null, brings: false, changed: {} }
  const broken: Told = { presence: "Broken", brings: false, changed: { state: "Interrupted" } }

  const connecting = tileIn("Connecting")
  const live = { ...tileIn("Live"), stream: face }
  const sharing = { ...live, sending: { ...live.sending, screen: true } }
  const away = tileIn("Away")
  const back: Partial<GuestView> = { state: "Live", path: "direct", stream: face }
  const state = (state: RTCPeerConnectionState): ConnectionEvent => ({ _tag: "State", state })
  const newScreen = { id: "another screen" } as MediaStream
  const newFace = { id: "another face" } as MediaStream

  const table: ReadonlyArray<readonly [title: string, ConnectionEvent, GuestView, Told]> = [
    ["that stands shows its guest", state("connected"), connecting, { ...none, presence: "Connected", changed: back }],
    [
      "that is established brings back one who was away",
      state("connected"),
      away,
      { ...none, presence: "Connected", changed: back }
    ],
    ["that breaks interrupts its guest", state("disconnected"), live, broken],
    ["that failed interrupts its guest", state("failed"), live, broken],
    ["that breaks leaves away who is away", state("failed"), away, { ...broken, changed: {} }],
    ["that is being made says nothing", state("connecting"), connecting, none],
    [
      "brings a picture",
      { _tag: "Stream", stream: newFace },
      live,
      { ...none, brings: true, changed: { stream: newFace } }
    ],
    ["brings nothing of whoever is away", { _tag: "Stream", stream: newFace }, away, { ...none, brings: true }],
    [
      "brings a screen",
      { _tag: "Screen", stream: newScreen },
      sharing,
      { ...none, brings: true, changed: { screen: newScreen } }
    ],
    [
      "brings a screen that is not shown before the guest announces it",
      { _tag: "Screen", stream: newScreen },
      live,
      { ...none, brings: true }
    ],
    ["is measured", { _tag: "Measured", quality, sent }, live, { ...none, changed: { quality, path: "relay" } }],
    ["is not measured for whoever is away", { _tag: "Measured", quality, sent }, away, none],
    [
      "whose channel closed belongs to a page that closes",
      { _tag: "Control", open: false },
      live,
      { ...none, presence: "Closing", changed: { state: "Interrupted" } }
    ],
    [
      "whose channel closed before it was established shows nothing",
      { _tag: "Control", open: false },
      connecting,
      { ...none, presence: "Closing" }
    ],
    ["whose channel opened changes no presence", { _tag: "Control", open: true }, live, none],
    [
      "whose answer cannot be delivered is mended by the guest",
      { _tag: "Undeliverable", failure: new PeerUnknown({ message: "" }) },
      connecting,
      none
    ]
  ]
  for (const [title, event, tile, expected] of table) {
    it(`a connection ${title}`, () => {
      assert.deepStrictEqual(told(event, tile), expected)
    })
  }

  it("keep the picture when a screen comes, and the screen when a picture comes", () => {
    assert.deepStrictEqual(changesBy({ _tag: "Screen", stream: newScreen }, before, "unknown").media, {
      stream: face,
      second: newScreen
    })
    assert.deepStrictEqual(changesBy({ _tag: "Stream", stream: newFace }, before, "unknown").media, {
      stream: newFace,
      second: screen
    })
  })
})
