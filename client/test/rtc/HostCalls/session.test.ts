import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Session from "../../../rtc/HostCalls/session.js"
import { openWith } from "../../fakes/openWith.js"

describe("the record of a session", () => {
  const guests = FastCheck.constantFrom("ada", "eve")
  const steps = FastCheck.array(
    FastCheck.tuple(FastCheck.constantFrom("call", "answered", "hang up", "late", "remove", "forget"), guests),
    { maxLength: 40 }
  )
  const open = openWith("one")
  const after = (session: Session.Session, [step, guest]: readonly [string, string]) => {
    if (step === "call") return Session.withConnection(guest, open)(session)
    if (step === "answered") return Session.withoutAnswer(guest)(session)
    if (step === "late") return Session.withoutAnswers(session)
    if (step === "remove") return Session.withRemoved(guest)(session)
    return step === "forget" ? Session.withoutOutbox(guest)(session) : Session.takeConnection(guest)(session)[1]
  }

  it("waits only for the answers of open connections, and forgets no removal", () => {
    FastCheck.assert(
      FastCheck.property(steps, (steps) => {
        const now = steps.reduce(after, Session.fresh)
        for (const guest of now.answering) assert.isTrue(HashMap.has(now.connections, guest))
        for (const guest of ["ada", "eve"]) {
          const mine = steps.filter(([step, other]) => other === guest || step === "late").map(([step]) => step)
          const isOpen = mine.lastIndexOf("call") > mine.lastIndexOf("hang up")
          assert.strictEqual(HashMap.has(now.connections, guest), isOpen)
          const settled = Math.max(...["answered", "late"].map((step) => mine.lastIndexOf(step)))
          assert.strictEqual(HashSet.has(now.answering, guest), isOpen && mine.lastIndexOf("call") > settled)
          assert.strictEqual(HashSet.has(now.removed, guest), mine.includes("remove"))
        }
      })
    )
  })

  it("returns what is to be closed once", () => {
    const [closing, session] = Session.takeConnection("ada")(Session.withConnection("ada", open)(Session.fresh))
    assert.strictEqual(closing, open)
    assert.isUndefined(Session.takeConnection("ada")(session)[0])
  })

  it("keeps the outbox of a guest over connections, until the guest is forgotten", () => {
    const outbox = () => ({ say: () => Effect.void, drain: () => Effect.never })
    const [first, talking] = Session.outboxFor("ada", outbox)(Session.fresh)
    const [, called] = Session.takeConnection("ada")(Session.withConnection("ada", open)(talking))
    assert.strictEqual(Session.outboxFor("ada", outbox)(called)[0], first)
    assert.notStrictEqual(Session.outboxFor("eve", outbox)(called)[0], first)
    assert.notStrictEqual(Session.outboxFor("ada", outbox)(Session.withoutOutbox("ada")(called))[0], first)
    assert.notStrictEqual(Session.outboxFor("ada", outbox)(Session.withoutOutboxes(called))[0], first)
  })

  it("adds no media to a closed connection", () => {
    const media = { stream: null, second: { id: "screen" } as MediaStream }
    const calling = Session.withConnection("ada", open)(Session.fresh)
    assert.strictEqual(Session.connectionOf(Session.withMedia("ada", media)(calling), "ada")?.media, media)
    assert.isUndefined(Session.connectionOf(Session.withMedia("eve", media)(calling), "eve"))
  })
})
