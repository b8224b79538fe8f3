/** The host's session as its page has it: signals over the real calls, in a fake browser, over the fake service. */
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createRoot } from "solid-js"
import { afterEach, vi } from "vitest"
import { createSession, type SessionModel } from "../../../pages/host/createSession.js"
import { Transport } from "../../../signaling/Transport.js"
import { quietHost } from "../../fakes/calls.js"
import { makeFakeLocks } from "../../fakes/FakeLocks.js"
import { FakeService, FakeServiceLive } from "../../fakes/FakeService.js"
import { makeFakeStorage } from "../../fakes/FakeStorage.js"

/** A browser that has one address open, in one tab after the other. */
const makeBrowser = async (hash = "") => {
  const services = await Effect.runPromise(Effect.scoped(Layer.build(FakeServiceLive)))
  const { fetch } = Context.get(services, Transport)
  const localStorage = makeFakeStorage()
  const location = { origin: "", pathname: "/host", search: "", hash }
  /** The origins of this browser's pages that are open: by them pages are told apart. */
  const open = new Set<string>()
  vi.stubGlobal("location", location)
  vi.stubGlobal("history", { state: null, replaceState: () => void Object.assign(location, { hash: "" }) })
  vi.stubGlobal("navigator", { locks: makeFakeLocks() })
  vi.stubGlobal("document", new EventTarget())

  /** Loads the page in the tab of this storage, by default in a new one. */
  const load = (sessionStorage = makeFakeStorage()) => {
    const origin = `http://${crypto.randomUUID()}.test`
    location.origin = origin
    open.add(origin)
    const request = async (asked: Request) =>
      open.has(new URL(asked.url).origin) ? fetch(asked) : new Promise<never>(() => undefined)
    vi.stubGlobal(
      "window",
      Object.assign(new EventTarget(), { location, localStorage, sessionStorage, fetch: request })
    )
    return createRoot((dispose) => {
      pages.push(dispose)
      /** As in a browser, the old page sends nothing more. */
      const reload = () => {
        open.delete(origin)
        dispose()
        return load(sessionStorage)
      }
      return { session: createSession(undefined, quietHost, Effect.void), reload }
    })
  }
  /** A guest sends this. */
  const send = (body: object, token = "") =>
    fetch(
      new Request("http://guest.test/signaling", {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify(body)
      })
    )
  return { service: Context.get(services, FakeService), location, load, send }
}

/** What closes the pages of a test. */
const pages: Array<() => void> = []
afterEach(() => {
  for (const close of pages.splice(0)) close()
  vi.unstubAllGlobals()
})

/** Waits until the session has this state. */
const untilState = (session: SessionModel, tag: ReturnType<SessionModel["state"]>["_tag"]) =>
  vi.waitFor(() => assert.strictEqual(session.state()._tag, tag), { timeout: 30_000 })

const start = async (session: SessionModel) => {
  session.start()
  await untilState(session, "Listening")
}

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 30_000 })

/** Waits until the guests have these names. */
const untilNamed = (session: SessionModel, names: ReadonlyArray<string>) =>
  waitFor(() =>
    assert.deepStrictEqual(
      session.guests().map(({ peer }) => peer.name),
      names
    )
  )

describe("a host's session", () => {
  it("begins with a press, under the name that is told to the guests", async () => {
    const { load, service } = await makeBrowser()
    const { session } = load()
    assert.strictEqual(session.state()._tag, "Idle")
    session.setName("  Grace ")
    await start(session)
    assert.deepInclude(service.sent("join")[0], { role: "host", name: "Grace", resume: true })
  })

  it("is resumed by itself after a reload, and not by another tab", async () => {
    const { load, service } = await makeBrowser()
    const first = load()
    await start(first.session)
    const { session } = first.reload()
    assert.isTrue(session.returning())
    await untilState(session, "Listening")
    assert.isFalse(session.returning())
    const [begun, resumed] = service.sent("join")
    assert.deepInclude(resumed, { hostKey: begun?.hostKey, resume: true })
    assert.notStrictEqual(resumed?.token, begun?.token)
    assert.deepStrictEqual(service.sent("leave"), [])
    assert.strictEqual(load().session.state()._tag, "Idle")
  })

  it("keeps the names of its guests through a reload, even if one has left", async () => {
    const { load, send } = await makeBrowser()
    const first = load()
    await start(first.session)
    const tokens = ["a", "b"].map((letter) => letter.repeat(43))
    for (const token of tokens) await send({ type: "join", role: "guest", token, name: "Ada" })
    await untilNamed(first.session, ["Ada", "Ada (2)"])
    await send({ type: "leave" }, tokens[0])
    await untilNamed(first.session, ["Ada (2)"])
    await untilNamed(first.reload().session, ["Ada (2)"])
  })

  it("keeps the names of its guests when it is left and started again", async () => {
    const { load, send } = await makeBrowser()
    const { session } = load()
    await start(session)
    const tokens = ["a", "b"].map((letter) => letter.repeat(43))
    for (const token of tokens) await send({ type: "join", role: "guest", token, name: "Ada" })
    await untilNamed(session, ["Ada", "Ada (2)"])
    await send({ type: "leave" }, tokens[0])
    await untilNamed(session, ["Ada (2)"])
    session.leave()
    await untilState(session, "Left")
    await start(session)
    await untilNamed(session, ["Ada (2)"])
  })

  it("is taken over from another window only if the host says so", async () => {
    const { load, service } = await makeBrowser()
    const first = load()
    await start(first.session)
    const { session } = load()
    session.start()
    await waitFor(() => assert.isTrue(session.takeOverAsked()))
    assert.strictEqual(service.sent("join").length, 1)
    session.takeOver()
    await untilState(session, "Listening")
    assert.isFalse(session.takeOverAsked())
    await untilState(first.session, "Refused")
    assert.deepInclude(first.session.state(), { refusal: "Replaced" })
  })

  it("asks for the deployment's password, and is resumed with it after a reload", async () => {
    const { load, service } = await makeBrowser()
    service.hostPassword = "open sesame"
    const { reload, session } = load()
    session.start()
    await waitFor(() => assert.isTrue(session.passwordAsked()))
    session.givePassword("open barley")
    assert.isFalse(session.passwordAsked())
    await waitFor(() => assert.isTrue(session.passwordAsked()))
    session.givePassword("open sesame")
    await untilState(session, "Listening")
    assert.isFalse(session.passwordAsked())
    await untilState(reload().session, "Listening")
  })

  it("is replaced by a fresh one on request", async () => {
    const { load, service } = await makeBrowser()
    const { session } = load()
    await start(session)
    session.afresh()
    await waitFor(() => assert.strictEqual(service.sent("join").length, 2))
    await untilState(session, "Listening")
    assert.deepStrictEqual(
      service.sent("join").map(({ resume }) => resume === true),
      [true, false]
    )
  })

  it("is left or ended for all, and does not come back by itself", async () => {
    const { load, service } = await makeBrowser()
    const { reload, session } = load()
    await start(session)
    session.leave()
    await untilState(session, "Left")
    await start(session)
    session.end()
    await untilState(session, "Ended")
    assert.deepStrictEqual(
      service.sent("leave").map(({ end }) => end === true),
      [false, true]
    )
    assert.strictEqual(reload().session.state()._tag, "Idle")
  })

  it("takes the key of a private link out of the address, and uses it if the host agrees", async () => {
    const key = "k".repeat(43)
    const { load, location, service } = await makeBrowser(`#key=${key}`)
    const { session } = load()
    assert.strictEqual(location.hash, "")
    assert.isTrue(session.keyOffered())
    session.acceptKey()
    assert.isFalse(session.keyOffered())
    await start(session)
    assert.strictEqual(service.sent("join")[0]?.hostKey, key)
  })
})
