/** What a host's page makes of messages, and what it holds of its session: without a browser and without a clock. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as FiberHandle from "effect/FiberHandle"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Ref from "effect/Ref"
import * as Scope from "effect/Scope"
import { meaningOf } from "../rtc/HostCalls/inbox.js"
import * as Session from "../rtc/HostCalls/session.js"
import type { GuestView } from "../rtc/States.js"
import type { Message } from "../signaling/Signaling.js"
import { ada, tileIn } from "./fakes.js"

/** A connection that does nothing. */
const openWith = (id: string): Session.Open =>
  Effect.runSync(
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      return {
        connection: {
          id,
          offer: () => Effect.void,
          receive: () => Effect.void,
          setTrack: () => Effect.void,
          setWanted: () => Effect.void,
          setAllowance: () => Effect.void,
          sendControl: () => Effect.succeed(true),
          path: Effect.succeed("direct" as const),
          received: Effect.succeed(null),
          facts: yield* Ref.make({ answered: true, relay: false, relayRequired: false, relayGathered: false })
        },
        scope,
        talking: yield* Scope.extend(FiberHandle.make(), scope),
        media: { stream: null, second: null }
      }
    })
  )

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
    return is._tag === "Calls" && is.stranger ? "Calls, a stranger" : is._tag
  }

  const one = Session.opened("ada", openWith("one"))(Session.fresh)
  const two = Session.opened("ada", openWith("two"))(Session.fresh)
  const out = Session.removed("ada")(one)
  const over = Session.ended(one)
  const live = tileIn("Live")
  const none = ["Nothing", "Nothing", "Nothing", "Nothing", "Nothing", "Nothing"]

  const table: ReadonlyArray<
    readonly [from: string, Session.Session, GuestView | undefined, means: ReadonlyArray<string>]
  > = [
    ["a guest whose connection it names", one, live, ["Comes", "Goes", "Closes", "Restarts", "Continues", "Continues"]],
    [
      "a guest who is away, and whose connection was kept",
      one,
      tileIn("Away"),
      ["Comes", "Goes", "Closes", "Restarts, was away", "Continues", "Continues"]
    ],
    ["a guest who has another connection", two, live, ["Comes", "Goes", "Closes", "Calls", "Nothing", "Calls"]],
    [
      "somebody of whom nothing is known",
      Session.fresh,
      undefined,
      ["Comes", "Goes", "Nothing", "Calls, a stranger", "Nothing", "Nothing"]
    ],
    ["whom the host has put out", out, undefined, ["Nothing", "Goes", "Nothing", "Nothing", "Nothing", "Nothing"]],
    ["a guest after the session's end", over, live, none]
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
      assert.strictEqual(meaning(message, one, live), "Nothing")
    }
  })
})

describe("the record of a session", () => {
  const guests = FastCheck.constantFrom("ada", "eve")
  const steps = FastCheck.array(
    FastCheck.tuple(FastCheck.constantFrom("call", "answered", "hang up", "late", "remove", "forget"), guests),
    { maxLength: 40 }
  )
  const open = openWith("one")
  const after = (session: Session.Session, [step, guest]: readonly [string, string]) => {
    if (step === "call") return Session.opened(guest, open)(session)
    if (step === "answered") return Session.answered(guest)(session)
    if (step === "late") return Session.unawaited(session)
    if (step === "remove") return Session.removed(guest)(session)
    return step === "forget" ? Session.forgotten(guest)(session) : Session.hungUp(guest)(session)[1]
  }

  it("waits for the answers of open connections alone, and forgets no removal", () => {
    FastCheck.assert(
      FastCheck.property(steps, (steps) => {
        const now = steps.reduce(after, Session.fresh)
        for (const guest of now.answering) assert.isTrue(HashMap.has(now.open, guest))
        for (const guest of ["ada", "eve"]) {
          const mine = steps.filter(([step, other]) => other === guest || step === "late").map(([step]) => step)
          const isOpen = mine.lastIndexOf("call") > mine.lastIndexOf("hang up")
          assert.strictEqual(HashMap.has(now.open, guest), isOpen)
          const settled = Math.max(...["answered", "late"].map((step) => mine.lastIndexOf(step)))
          assert.strictEqual(HashSet.has(now.answering, guest), isOpen && mine.lastIndexOf("call") > settled)
          assert.strictEqual(HashSet.has(now.removed, guest), mine.includes("remove"))
        }
      })
    )
  })

  it("gives what is to be closed once", () => {
    const [closing, session] = Session.hungUp("ada")(Session.opened("ada", open)(Session.fresh))
    assert.strictEqual(closing, open)
    assert.isUndefined(Session.hungUp("ada")(session)[0])
  })

  it("keeps the talk with a guest over connections, until the guest is forgotten", () => {
    const talk = (): Session.Talk => ({
      outbox: { say: () => Effect.void, drain: () => Effect.never },
      read: () => Effect.succeed(null)
    })
    const [first, talking] = Session.talkWith("ada", talk)(Session.fresh)
    const [, called] = Session.hungUp("ada")(Session.opened("ada", open)(talking))
    assert.strictEqual(Session.talkWith("ada", talk)(called)[0], first)
    assert.notStrictEqual(Session.talkWith("eve", talk)(called)[0], first)
    assert.notStrictEqual(Session.talkWith("ada", talk)(Session.forgotten("ada")(called))[0], first)
    assert.notStrictEqual(Session.talkWith("ada", talk)(Session.silent(called))[0], first)
  })

  it("brings media to no connection that is closed", () => {
    const media = { stream: null, second: { id: "screen" } as MediaStream }
    const calling = Session.opened("ada", open)(Session.fresh)
    assert.strictEqual(Session.openOf(Session.brought("ada", media)(calling), "ada")?.media, media)
    assert.isUndefined(Session.openOf(Session.brought("eve", media)(calling), "eve"))
  })
})
