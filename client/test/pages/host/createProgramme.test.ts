/** The programme as the host's page has it: signals over fake guests and a fake composer. */
import { assert, describe, it } from "@effect/vitest"
import { PartUnloaded } from "../../../app/part.js"
import { hostVoice } from "../../../media/mixMinus.js"
import { ComposerBroken } from "../../../media/programme/Composer.js"
import { ada, camera, grace, holdPages, makePage, pass, tracks } from "../../fakes/programmePage.js"

holdPages()

describe("the picture that guests get", () => {
  it("is the host's camera for one guest, and the programme for two once its first frame is there", async () => {
    const { begin, composed, programme, setGuests, shown } = makePage()
    setGuests([ada])
    await pass(1)
    assert.strictEqual(programme.video(), camera)
    assert.strictEqual(shown.open, 0)
    setGuests([ada, grace])
    await pass(1)
    assert.strictEqual(shown.open, 1)
    assert.strictEqual(programme.video(), camera)
    assert.deepInclude(programme.messageFor("ada"), { layout: null })
    await begin()
    assert.strictEqual(programme.video(), composed)
    assert.deepInclude(programme.messageFor("ada"), { layout: "everyone", large: null, you: false })
    assert.deepEqual(
      shown.scene?.people.map(({ id }) => id),
      [hostVoice, "ada", "grace"]
    )
    assert.deepEqual([...(shown.pictures?.cameras.values() ?? [])], [camera, tracks.get("Ada"), tracks.get("Grace")])
  })

  it("is reported to them as it is, and not as the next scene will make it", async () => {
    const { begin, bringScene, holdScenes, programme, setGuests } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    holdScenes()
    programme.layout.pick("one")
    programme.layout.pin("grace")
    assert.deepInclude(programme.messageFor("grace"), { layout: "everyone", large: null, you: false })
    assert.isTrue(programme.isShown("ada"))
    bringScene()
    assert.deepInclude(programme.messageFor("grace"), { layout: "one", large: "Grace", you: true })
    assert.isFalse(programme.isShown("ada"))
  })

  it("is the camera again a while after all but one have gone, and the composer ends after that", async () => {
    const { begin, composed, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    setGuests([ada])
    await pass(4_900)
    assert.strictEqual(programme.video(), composed)
    // Grace's page was reloaded.
    setGuests([ada, grace])
    await pass(10_000)
    assert.strictEqual(programme.video(), composed)
    setGuests([ada])
    await pass(5_000)
    assert.strictEqual(programme.video(), camera)
    // Senders switch to the camera before the composer is closed.
    assert.strictEqual(shown.open, 1)
    await pass(2_000)
    assert.strictEqual(shown.open, 0)
  })

  it("has half the frames while the machine is the limit, and all of them again afterwards", async () => {
    const { begin, setGuests, setMachineShare, shown } = makePage()
    setMachineShare(0.5)
    setGuests([ada, grace])
    await pass(1)
    await begin()
    assert.isTrue(shown.halfRate)
    setMachineShare(1)
    assert.isFalse(shown.halfRate)
  })

  it("stays the camera for one guest while the programme is composed for a recording, or looked at", async () => {
    const { begin, composed, programme, setGuests, setRecording, shown } = makePage()
    setRecording(true)
    await begin()
    // A host alone is already recorded in files of its own.
    assert.strictEqual(shown.open, 0)
    setGuests([ada])
    await pass(1)
    assert.strictEqual(programme.track(), composed)
    assert.strictEqual(programme.video(), camera)
    setGuests([])
    await pass(10_000)
    assert.strictEqual(shown.open, 1)
    setGuests([ada])
    setRecording(false)
    programme.setWatched(true)
    await pass(10_000)
    assert.strictEqual(shown.open, 1)
    setGuests([])
    await pass(10_000)
    assert.strictEqual(shown.open, 0)
  })

  it("stays the camera while the composer cannot be loaded or does not work", async () => {
    for (const why of [
      new PartUnloaded(),
      new ComposerBroken({ message: "A canvas of this page has no 2D context." })
    ]) {
      const { begin, composed, fail, programme, setGuests } = makePage()
      fail(why)
      setGuests([ada, grace])
      await pass(1)
      assert.strictEqual(programme.failure(), why._tag)
      assert.strictEqual(programme.video(), camera)
      fail(null)
      programme.retry()
      await begin()
      assert.isNull(programme.failure())
      assert.strictEqual(programme.video(), composed)
    }
  })

  it("is the camera while a broken programme is started again", async () => {
    const { begin, breaks, composed, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    breaks()
    await pass(1)
    assert.strictEqual(programme.video(), camera)
    await pass(1_000)
    assert.strictEqual(programme.video(), composed)
    assert.deepInclude(shown, { open: 1, loads: 2 })
  })

  it("is started again at growing intervals if it breaks each time", async () => {
    const { begin, breaksForGood, programme, setGuests, shown } = makePage()
    setGuests([ada, grace])
    await pass(1)
    await begin()
    breaksForGood()
    await pass(60_000)
    // After 1, 3, 7, 15 and 31 seconds.
    assert.strictEqual(shown.loads, 6)
    assert.strictEqual(programme.video(), camera)
  })

  it("has everybody in it, or only one person in the layout of one", async () => {
    const { begin, programme, setGuests } = makePage()
    setGuests([ada])
    await pass(1)
    assert.deepEqual([programme.isShown(hostVoice), programme.isShown("ada")], [true, false])
    setGuests([ada, grace])
    await pass(1)
    await begin()
    assert.deepEqual([programme.isShown(hostVoice), programme.isShown("ada")], [true, true])
    programme.layout.pick("one")
    programme.layout.pin("grace")
    assert.deepEqual(["ada", "grace", hostVoice].map(programme.isShown), [false, true, false])
  })

  it("has no camera of a guest whose connection is gone", async () => {
    const { begin, setGuests, shown } = makePage()
    setGuests([ada, { ...grace, state: "Interrupted", gone: 1 }])
    await pass(1)
    await begin()
    assert.isFalse(shown.scene?.people.find(({ id }) => id === "grace")?.camera)
    assert.isFalse(shown.pictures?.cameras.has("grace"))
  })
})
