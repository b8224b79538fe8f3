/** What a host's page makes of messages: without a browser and without a clock. */
import { assert, describe, it } from "@effect/vitest"
import { meaningOf } from "../../../rtc/HostCalls/inbox.js"
import * as Session from "../../../rtc/HostCalls/session.js"
import type { GuestView } from "../../../rtc/States.js"
import type { Message } from "../../../signaling/Signaling.js"
import { ada, tileIn } from "../../fakes/calls.js"
import { openWith } from "../../fakes/openWith.js"

describe("a message of the service", () => {
  const bare = { id: 1, from: "ada" }
  const host = { id: "host", role: "host", name: "Host" } as const
  const messages: ReadonlyArray<Message> = [
    { ...bare, type: "joined", peer: ada },
    { ...bare, type: "left" },
    { ...bare, type: "away" },
    { ...bare, type: "offer", connection: "one", sdp: "" },
    { ...bare, type: "answer", connection: "one", sdp: "" },
    { ...bare, type: "candidate", connection: "one", candidates: [], complete: false }
  ]
  /** What it means, in a word or two. */
  const meaning = (message: Message, session: Session.Session, tile: GuestView | undefined) => {
    const is = meaningOf(message, session, tile)
    if (is._tag === "Restarts" && is.wasAway) return "Restarts, was away"
    return is._tag === "Calls" && is.isUnknownGuest ? "Calls, unknown guest" : is._tag
  }

  const sameConnection = Session.withConnection("ada", openWith("one"))(Session.fresh)
  const otherConnection = Session.withConnection("ada", openWith("two"))(Session.fresh)
  const guestRemoved = Session.withRemoved("ada")(sameConnection)
  const sessionEnded = Session.withEnd(sameConnection)
  const live = tileIn("Live")
  const allNothing = ["Nothing", "Nothing", "Nothing", "Nothing", "Nothing", "Nothing"]

  const table: ReadonlyArray<
    readonly [from: string, Session.Session, GuestView | undefined, means: ReadonlyArray<string>]
  > = [
    [
      "a guest whose connection the message names",
      sameConnection,
      live,
      ["Comes", "Goes", "Closes", "Restarts", "Continues", "Continues"]
    ],
    [
      "a guest who is away, and whose connection was kept",
      sameConnection,
      tileIn("Away"),
      ["Comes", "Goes", "Closes", "Restarts, was away", "Continues", "Continues"]
    ],
    [
      "a guest who has another connection",
      otherConnection,
      live,
      ["Comes", "Goes", "Closes", "Calls", "Nothing", "Calls"]
    ],
    [
      "an unknown guest",
      Session.fresh,
      undefined,
      ["Comes", "Goes", "Nothing", "Calls, unknown guest", "Nothing", "Nothing"]
    ],
    [
      "a guest whom the host has removed",
      guestRemoved,
      undefined,
      ["Nothing", "Goes", "Nothing", "Nothing", "Nothing", "Nothing"]
    ],
    ["a guest after the session's end", sessionEnded, live, allNothing]
  ]
  for (const [from, session, tile, means] of table) {
    it(`from ${from}: ${means.join("; ")}`, () => {
      assert.deepStrictEqual(
        messages.map((message) => meaning(message, session, tile)),
        means
      )
    })
  }

  it("that is for guests means nothing to a host", () => {
    for (const message of [
      { ...bare, type: "host-joined", peer: host },
      { ...bare, type: "admitted", host }
    ] as const) {
      assert.strictEqual(meaning(message, sameConnection, live), "Nothing")
    }
  })
})
