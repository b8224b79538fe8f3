import { assert, describe, it } from "@effect/vitest"
import { hostVoice } from "../../../media/mixMinus.js"
import { ada, grace, holdPages, makePage, ownScreen, pass, sharing, tracks } from "../../fakes/programmePage.js"

holdPages()

describe("a screen that is shared", () => {
  it("goes to all others by itself, and the host takes it out and shows it again", async () => {
    const { programme, setGuests } = makePage()
    const { sharing: shared } = programme
    setGuests([sharing("Ada"), grace])
    assert.isNull(shared.trackFor("ada"))
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: true, name: "Ada", you: true })
    assert.deepEqual(shared.messageFor("grace"), { type: "sharing", on: true, name: "Ada", you: false })
    shared.toggle("ada")
    assert.isNull(shared.trackFor("grace"))
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: false, name: null, you: false })
    shared.toggle("ada")
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    shared.toggle("grace")
    assert.strictEqual(shared.sharer(), "ada")
  })

  it("is the newest of several, the host's included", async () => {
    const { programme, setGuests, setScreen } = makePage()
    const { sharing: shared } = programme
    setScreen(ownScreen)
    assert.deepEqual(shared.messageFor("ada"), { type: "sharing", on: true, name: null, you: false })
    setGuests([sharing("Ada"), grace])
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    setGuests([sharing("Ada"), sharing("Grace")])
    assert.strictEqual(shared.trackFor("ada"), tracks.get("Grace’s screen"))
    shared.toggle("ada")
    assert.strictEqual(shared.sharer(), "ada")
    setGuests([ada, grace])
    assert.strictEqual(shared.trackFor("ada"), ownScreen)
    setScreen(null)
    assert.isNull(shared.sharer())
  })

  it("is shown at most once in three seconds, however often a guest begins anew", async () => {
    const { programme, setGuests } = makePage()
    const { sharer, toggle } = programme.sharing
    let begun = 0
    let before: string | null = null
    for (let time = 0; time < 9_000; time += 100) {
      setGuests([(time / 100) % 3 < 2 ? sharing("Ada") : ada, grace])
      if (sharer() === "ada" && before === null) begun++
      before = sharer()
      await pass(100)
    }
    assert.strictEqual(begun, 3)
    await pass(3_000)
    setGuests([ada, grace])
    await pass(3_000)
    setGuests([sharing("Ada"), grace])
    assert.strictEqual(sharer(), "ada")
    setGuests([ada, grace])
    setGuests([sharing("Ada"), grace])
    assert.isNull(sharer())
    // The host's press shows it at once, and a screen that was taken out stays out.
    toggle("ada")
    assert.strictEqual(sharer(), "ada")
    toggle("ada")
    await pass(5_000)
    assert.isNull(sharer())
    // The host's press counts as shown, too.
    toggle("ada")
    setGuests([ada, grace])
    setGuests([sharing("Ada"), grace])
    assert.isNull(sharer())
    await pass(3_000)
    assert.strictEqual(sharer(), "ada")
  })

  it("stays the same through a new connection, shown or taken out", async () => {
    const { programme, setGuests } = makePage()
    const { sharing: shared } = programme
    const mending = { ...sharing("Ada"), state: "Connecting", stream: null, screen: null } as const
    setGuests([sharing("Ada"), grace])
    setGuests([mending, grace])
    assert.strictEqual(shared.sharer(), "ada")
    assert.isNull(shared.track())
    setGuests([sharing("Ada"), grace])
    shared.toggle("ada")
    setGuests([mending, grace])
    setGuests([sharing("Ada"), grace])
    assert.isNull(shared.sharer())
  })

  it("is shown from its first frame on: one that is announced and sends none changes nothing", async () => {
    const { awaited, bringFrames, holdFrames, programme, setGuests, setScreen } = makePage()
    const { sharing: shared } = programme
    setScreen(ownScreen)
    holdFrames()
    setGuests([sharing("Ada"), grace])
    await pass(10_000)
    assert.deepEqual([shared.sharer(), programme.layout.layout(), awaited()], [hostVoice, "screen", 1])
    assert.strictEqual(shared.trackFor("grace"), ownScreen)
    bringFrames()
    assert.deepEqual([shared.sharer(), awaited()], ["ada", 0])
    // No more frames come, and it stays.
    await pass(60_000)
    assert.strictEqual(shared.trackFor("grace"), tracks.get("Ada’s screen"))
    setGuests([ada, sharing("Grace")])
    assert.deepEqual([shared.sharer(), awaited()], [hostVoice, 1])
    setGuests([ada, grace])
    assert.strictEqual(awaited(), 0)
    // The host can show it without a frame.
    setGuests([sharing("Ada"), grace])
    shared.toggle("ada")
    assert.deepEqual([shared.sharer(), awaited()], ["ada", 0])
  })
})
