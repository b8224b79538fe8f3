/** What the service's answer to a join means for a guest's call. */
import { assert, describe, it } from "@effect/vitest"
import type { CallState } from "../../../../rtc/GuestCall/state.js"
import { unanswered } from "../../../../rtc/knownClaim.js"
import type { JoinedAsGuest } from "../../../../signaling/Signaling.js"
import {
  ada,
  after,
  back,
  comes,
  firstComer,
  fresh,
  host,
  joined,
  joining,
  late,
  live,
  lost,
  placed,
  returning,
  stranger,
  unknownToken
} from "../../../fakes/guestInputs.js"

describe("an answered join", () => {
  const table: ReadonlyArray<{
    readonly title: string
    readonly from: CallState
    readonly at?: number
    readonly change: Partial<JoinedAsGuest>
    readonly shown: CallState["shown"]
    readonly known: string | null
  }> = [
    {
      title: "to a fresh press calls whoever has the room",
      from: { ...joining, known: "other" },
      change: {},
      shown: { _tag: "Connecting" },
      known: "ours"
    },
    {
      title: "to a late press calls no host that it may not have meant",
      from: joining,
      at: late,
      change: {},
      shown: { _tag: "AnotherHost" },
      known: unanswered
    },
    {
      title: "to a late press waits if no host has ever been there",
      from: joining,
      at: late,
      change: { hosting: "never", claim: null, host: null },
      shown: { _tag: "Waiting", reason: "NeverHosted" },
      known: null
    },
    {
      title: "to a page that came back calls its host",
      from: back,
      change: {},
      shown: { _tag: "Connecting" },
      known: "ours"
    },
    {
      title: "to a page that was reloaded before its press was answered calls nobody",
      from: after([returning, placed], { ...fresh, known: unanswered }).state,
      change: {},
      shown: { _tag: "AnotherHost" },
      known: unanswered
    },
    {
      title: "to a page that came back refuses another host",
      from: back,
      change: { host: stranger, claim: "theirs" },
      shown: { _tag: "AnotherHost" },
      known: "ours"
    },
    {
      title: "to a page that came back is the end if its host no longer has the room",
      from: back,
      change: { host: null, claim: null, hosting: "ended" },
      shown: { _tag: "Ended" },
      known: "ours"
    },
    {
      title: "to a page that came back is the end if the service has forgotten its session",
      from: back,
      change: { host: null, claim: null, hosting: "never" },
      shown: { _tag: "Ended" },
      known: "ours"
    },
    {
      title: "to a page that waited for the first host is the end if that one has come and gone",
      from: { ...firstComer, joined: { ...joined().answer, host: null, claim: null, hosting: "never" } },
      at: late,
      change: { host: null, claim: null, hosting: "ended" },
      shown: { _tag: "Ended" },
      known: null
    },
    {
      title: "to a page that waited for the first host binds it to that one",
      from: firstComer,
      at: late,
      change: { host: null },
      shown: { _tag: "Waiting", reason: "NotStarted" },
      known: "ours"
    },
    {
      title: "to a page that waited for the first host, and waits to be let in, binds it to that one",
      from: firstComer,
      at: late,
      change: { peer: { ...ada, waiting: true } },
      shown: { _tag: "Waiting", reason: "Admission" },
      known: "ours"
    },
    {
      title: "to a page that came back refuses another host who is not there",
      from: back,
      change: { host: null, claim: "theirs" },
      shown: { _tag: "AnotherHost" },
      known: "ours"
    },
    {
      title: "waits for a host that is not there",
      from: joining,
      change: { host: null },
      shown: { _tag: "Waiting", reason: "NotStarted" },
      known: "ours"
    },
    {
      title: "waits if the last session is over",
      from: joining,
      change: { host: null, claim: null, hosting: "ended" },
      shown: { _tag: "Waiting", reason: "SessionOver" },
      known: null
    },
    {
      title: "waits to be let in, whether a host is there or not",
      from: joining,
      change: { peer: { ...ada, waiting: true } },
      shown: { _tag: "Waiting", reason: "Admission" },
      known: "ours"
    }
  ]
  for (const { at = 1, change, from, known, shown, title } of table) {
    it(title, () => {
      const { state, tags } = after([joined(change)], from, at)
      assert.deepStrictEqual([state.shown, state.known], [shown, known])
      assert.strictEqual(tags.includes("Connect"), shown._tag === "Connecting")
      // The service is told that nobody comes.
      const gone = shown._tag === "AnotherHost" || shown._tag === "Ended"
      assert.strictEqual(tags.includes("Leave"), gone)
      assert.strictEqual(state.hasPlace, !gone)
    })
  }

  it("keeps the prepared offer if the host has it", () => {
    assert.notInclude(after([joined({ offered: 9 })], joining).tags, "DiscardPrepared")
    assert.strictEqual(after([joined()], joining).tags[0], "DiscardPrepared")
  })

  it("leaves an established call in the same session with the same host alone, and no other", () => {
    const rejoined = after([unknownToken, joined()], live)
    assert.deepStrictEqual(rejoined.tags, ["StopPolling", "Join", "DiscardPrepared"])
    assert.deepInclude(rejoined.state, { shown: { _tag: "Live", path: "direct" }, rejoining: false })
    assert.include(after([unknownToken, joined({ session: "s2" })], live).tags, "Connect")
  })

  it("does nothing if the place was given up meanwhile", () => {
    const { state } = after([{ _tag: "Displaced" }], joining)
    assert.deepStrictEqual(after([joined(), lost("SessionEnded"), comes(host)], state), {
      state,
      commands: [],
      tags: []
    })
  })
})
