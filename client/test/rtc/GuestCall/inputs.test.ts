/** What the events of the connection and the messages of the host mean for a guest's call. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type CallState, pollModeOf, viewOf } from "../../../rtc/GuestCall/state.js"
import type { Quality } from "../../../rtc/States.js"
import { connectTimeout, disconnectedGrace } from "../../../rtc/timings.js"
import {
  ada,
  after,
  answered,
  back,
  calling,
  channel,
  comes,
  type Happening,
  host,
  joined,
  joining,
  late,
  live,
  lost,
  media,
  placed,
  pressing,
  says,
  stranger,
  tells,
  timeUp,
  unknownToken,
  waiting
} from "../../fakes/guestInputs.js"

const silent = { ...answered, answered: false }
const measured = (path: Quality["path"]) =>
  tells({
    _tag: "Measured",
    sent: {
      statistics: { pair: null, availableBitrate: null, loss: 0, arrivedBitrate: 1 },
      demand: { camera: 1, screen: 0 },
      shortAt: Number.NEGATIVE_INFINITY,
      isOverloaded: false
    },
    quality: { roundTrip: 20, loss: 0, received: 1, sent: 1, width: 1280, height: 720, framesPerSecond: 24, path }
  })
const relayed = after([measured("relay")], live).state
const hostAway: CallState["shown"] = { _tag: "Waiting", reason: "HostAway" }

describe("a guest's connection", () => {
  it("has its timeout from the delivery of its offer on", () => {
    assert.notInclude(after([joined()], joining).tags, "StartTimer")
    const { commands, state } = after([tells({ _tag: "Delivered" })], calling)
    assert.deepStrictEqual(commands, [{ _tag: "StartTimer", timer: state.timer, after: connectTimeout }])
    assert.deepStrictEqual(after([tells({ _tag: "Delivered" })], live).commands, [])
  })

  it("heeds only its latest timer", () => {
    const first = after([tells({ _tag: "Delivered" })], calling).state
    const second = after([tells({ _tag: "Delivered" })], first).state
    assert.deepStrictEqual(after([timeUp(first)], second).state, second)
    assert.include(after([timeUp], second).tags, "Connect")
  })

  it("is live once its path is read, and shows a new path that is measured", () => {
    const connected = after([media("connected")], calling)
    assert.strictEqual(connected.tags.at(-1), "ReadPath")
    assert.deepStrictEqual(connected.state.shown, { _tag: "Connecting" })
    assert.deepStrictEqual(live.shown, { _tag: "Live", path: "direct" })
    assert.deepStrictEqual(relayed.shown, { _tag: "Live", path: "relay" })
  })

  it("is watched when media stops, and restarts ICE when it stays away", () => {
    const watching = after([media("disconnected")], live)
    assert.deepStrictEqual(watching.commands, [
      { _tag: "StartTimer", timer: watching.state.timer, after: disconnectedGrace }
    ])
    assert.deepStrictEqual(watching.state.shown, { _tag: "Recovering", rung: "Watching" })
    const restarting = after([timeUp], watching.state)
    assert.deepStrictEqual(restarting.tags, ["RestartIce", "StopTimer"])
    assert.deepStrictEqual(restarting.state.shown, { _tag: "Recovering", rung: "RestartingIce" })
  })

  it("restarts ICE when packets stop, and still awaits the rest of the answer once they come again", () => {
    const restarting = after([tells({ _tag: "Silent" })], live)
    assert.deepStrictEqual(restarting.tags, ["RestartIce", "StopTimer"])
    assert.deepStrictEqual(restarting.state.shown, { _tag: "Recovering", rung: "RestartingIce" })
    assert.strictEqual(pollModeOf(restarting.state), "listen")
    const mended = after([tells({ _tag: "Heard" })], restarting.state)
    assert.deepStrictEqual(mended.tags, ["AwaitMove", "StopTimer"])
    assert.deepStrictEqual([mended.state.shown, pollModeOf(mended.state)], [live.shown, "listen"])
    assert.strictEqual(pollModeOf(after([{ _tag: "Moved" }], mended.state).state), "keep")
  })

  it("is closed before another is opened, and all that was known of it is forgotten", () => {
    const { state, tags } = after([media("failed")], relayed)
    assert.deepStrictEqual(tags, ["HangUp", "Connect", "StopTimer"])
    assert.deepInclude(state.connection, { path: "unknown", controlOpen: false, quality: null })
  })

  it("shows that the host is away if it does not answer, until it does", () => {
    const silentHost = after([timeUp], calling, 0, silent).state
    assert.deepStrictEqual(silentHost.shown, hostAway)
    // What is tried meanwhile is not shown.
    const looking = after([{ _tag: "Woke" }], silentHost)
    assert.include(looking.tags, "Connect")
    assert.deepStrictEqual(looking.state.shown, hostAway)
    assert.deepStrictEqual(after([comes(host)], looking.state).state.shown, { _tag: "Connecting" })
    const answering = after([tells({ _tag: "Answered" })], silentHost).state
    assert.deepStrictEqual(answering.shown, { _tag: "Recovering", rung: "NewConnection" })
  })

  it("does not blame a host that has answered", () => {
    assert.deepStrictEqual(after([timeUp], calling).state.shown, { _tag: "Recovering", rung: "NewConnection" })
  })

  it("does not blame the host while the service cannot be reached", () => {
    const offline = after([{ _tag: "Reachable", now: false }], calling).state
    const { state, tags } = after([timeUp], offline, 0, silent)
    assert.deepStrictEqual([tags, state.shown], [["StartTimer"], { _tag: "Connecting" }])
  })

  it("moves to the new relay if it uses the old one, and polls the service meanwhile", () => {
    const renewed = tells({ _tag: "RelayRenewed" })
    assert.deepStrictEqual(after([renewed], live).commands, [])
    const moving = after([renewed], relayed)
    assert.deepStrictEqual(moving.tags, ["RestartIce", "AwaitMove"])
    assert.deepStrictEqual([pollModeOf(moving.state), moving.state.shown], ["listen", relayed.shown])
    assert.strictEqual(pollModeOf(after([{ _tag: "Moved" }], moving.state).state), "keep")
  })

  it("tries to reach the host again when its channel closes", () => {
    const { state, tags } = after([channel(false)], live)
    assert.deepStrictEqual(tags, ["StopTalking", "StartTimer"])
    assert.deepStrictEqual([state.shown, pollModeOf(state)], [hostAway, "listen"])
  })

  it("shows incoming media for as long as it is open", () => {
    const [camera, screen] = [{} as MediaStream, {} as MediaStream]
    const streams = [tells({ _tag: "Stream", stream: camera }), tells({ _tag: "Screen", stream: screen })]
    const hidden = after(streams, live).state
    assert.deepInclude(viewOf(hidden), { hostName: "Grace", incoming: camera, screen: null })
    const sharing = { type: "sharing", on: true, name: "Bo", you: false } as const
    const { state: shared, tags } = after([says(sharing)], hidden)
    assert.deepStrictEqual([viewOf(shared).screen, tags], [screen, ["Deliver"]])
    // A guest's own screen does not come back to it.
    assert.isNull(viewOf(after([says({ ...sharing, you: true })], shared).state).screen)
    assert.isNull(viewOf(after([says({ ...sharing, on: false, name: null })], shared).state).screen)
    assert.deepInclude(viewOf(after([media("failed")], shared).state), { incoming: null, screen: null, quality: null })
  })
})

describe("a host's message", () => {
  it("ends the session, or tells that the host leaves it", () => {
    const ended = after([says({ type: "bye", end: true })], live)
    assert.deepStrictEqual(ended.tags, ["ForgetToken", "HangUp", "DiscardPrepared", "StopPolling", "GiveUpPlace"])
    assert.deepStrictEqual(ended.state.shown, { _tag: "Ended" })
    const left = after([says({ type: "bye" })], live)
    assert.deepStrictEqual([left.tags, left.state.hasPlace], [["HangUp"], true])
    assert.deepStrictEqual(left.state.shown, { _tag: "Waiting", reason: "HostLeft" })
  })

  it("that its page closes is not passed to the page", () => {
    const { state, tags } = after([says({ type: "away" })], live)
    assert.deepStrictEqual([tags, state.shown], [["StartTimer"], hostAway])
  })

  it("on the size of pictures goes to the connection, and all others to the page", () => {
    const wanted = { type: "wanted", camera: 180, screen: 0 } as const
    assert.deepStrictEqual(after([says(wanted)], live).commands, [{ _tag: "SetWanted", wanted }])
    assert.deepStrictEqual(after([says({ type: "mute" })], live).tags, ["Deliver"])
  })
})

describe("a guest's call", () => {
  it("polls not at all, for all messages, or only to keep its place", () => {
    assert.strictEqual(pollModeOf(joining), "none")
    assert.strictEqual(pollModeOf(waiting), "listen")
    assert.strictEqual(pollModeOf(calling), "listen")
    assert.strictEqual(pollModeOf(after([media("connected")], calling).state), "listen")
    assert.strictEqual(pollModeOf(live), "keep")
    assert.strictEqual(pollModeOf(after([unknownToken], live).state), "none")
  })

  it("shows while it joins that the service cannot be reached", () => {
    const offline = after([{ _tag: "Reachable", now: false }], joining).state
    assert.deepStrictEqual(offline.shown, { _tag: "Joining", offline: true })
    assert.deepStrictEqual(after([{ _tag: "Reachable", now: false }], live).state.shown, live.shown)
  })

  const anything: ReadonlyArray<Happening> = [
    placed,
    joined(),
    joined({ host: null, claim: null, hosting: "ended" }),
    joined({ host: null, claim: null, hosting: "never" }),
    joined({ host: stranger, claim: "theirs", session: "s2" }),
    joined({ peer: { ...ada, waiting: true } }),
    ({ cursor }) => comes(host, cursor + 1),
    ({ cursor }) => comes(stranger, cursor + 1),
    lost("SessionEnded"),
    lost("RoomFull"),
    unknownToken,
    media("connected"),
    media("disconnected"),
    media("failed"),
    channel(true),
    channel(false),
    says({ type: "away" }),
    says({ type: "bye" }),
    says({ type: "bye", end: true }),
    tells({ _tag: "Delivered" }),
    tells({ _tag: "Answered" }),
    tells({ _tag: "RelayRenewed" }),
    tells({ _tag: "Silent" }),
    tells({ _tag: "Heard" }),
    measured("relay"),
    timeUp,
    { _tag: "Displaced" },
    { _tag: "Woke" }
  ]
  const some = (...more: ReadonlyArray<Happening>) =>
    FastCheck.array(FastCheck.constantFrom(...anything, ...more), { maxLength: 40 })

  it("has one connection at a time, whatever happens", () => {
    FastCheck.assert(
      FastCheck.property(some(pressing, { _tag: "Retry" }), FastCheck.boolean(), (inputs, isAnswered) => {
        const { commands, state } = after(inputs, joining, 0, { ...answered, answered: isAnswered })
        let open = false
        for (const { _tag } of commands) {
          if (_tag === "Connect") assert.isFalse(open)
          if (_tag === "HangUp") assert.isTrue(open)
          if (_tag === "Connect" || _tag === "HangUp") open = _tag === "Connect"
        }
        assert.strictEqual(state.connection !== null, open)
      })
    )
  })

  it("calls nobody but the known host by itself, whatever happens", () => {
    FastCheck.assert(
      FastCheck.property(some(), (inputs) => {
        for (const command of after(inputs, back, late).commands) {
          if (command._tag === "Connect") assert.strictEqual(command.host, host.id)
          if (command._tag === "Join") assert.isFalse(command.withOffer)
        }
      })
    )
  })
})
