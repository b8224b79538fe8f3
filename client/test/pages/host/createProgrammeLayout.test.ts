import { assert, describe, it } from "@effect/vitest"
import { hostVoice } from "../../../media/mixMinus.js"
import { ada, grace, holdPages, makePage, pass, sharing, tracks } from "../../fakes/programmePage.js"

holdPages()

describe("the layout", () => {
  const withTwo = async () => {
    const page = makePage()
    page.setGuests([ada, grace])
    await pass(1)
    await page.begin()
    return page
  }

  it("makes a pinned guest large, and is as before once the pin is gone", async () => {
    const { programme, shown } = await withTwo()
    programme.layout.pin("grace")
    assert.deepInclude(shown.scene, { layout: "speaker", large: "grace" })
    assert.deepInclude(programme.messageFor("grace"), { layout: "speaker", large: "Grace", you: true })
    assert.deepInclude(programme.messageFor("ada"), { large: "Grace", you: false })
    programme.layout.pin(null)
    assert.deepInclude(shown.scene, { layout: "everyone", large: null })
    programme.layout.pin("grace")
    programme.layout.pick("everyone")
    assert.deepInclude(shown.scene, { layout: "everyone", large: null })
  })

  it("follows the active speaker if nobody is pinned, the host included", async () => {
    const { programme, shown, speak } = await withTwo()
    programme.layout.pick("speaker")
    assert.deepInclude(shown.scene, { layout: "speaker", large: hostVoice })
    await speak("grace")
    assert.deepInclude(shown.scene, { large: "grace" })
    await speak(hostVoice)
    assert.deepInclude(shown.scene, { large: hostVoice })
    assert.deepInclude(programme.messageFor("ada"), { large: "Dorothy", you: false })
    programme.layout.pin("ada")
    await speak("grace")
    assert.deepInclude(shown.scene, { large: "ada" })
  })

  it("is remembered for the page's next load", async () => {
    const { programme } = await withTwo()
    programme.layout.pick("speaker")
    assert.strictEqual((await withTwo()).programme.layout.layout(), "speaker")
  })

  it("changes to the screen's by itself, and back when sharing ends", async () => {
    const { programme, setGuests, shown } = await withTwo()
    programme.layout.pick("speaker")
    setGuests([sharing("Ada"), grace])
    assert.deepInclude(shown.scene, { layout: "screen", sharer: "ada", large: null })
    assert.strictEqual(shown.pictures?.screen, tracks.get("Ada’s screen"))
    setGuests([ada, grace])
    assert.deepInclude(shown.scene, { layout: "speaker", sharer: null })
    assert.isNull(shown.pictures?.screen)
  })

  it("is another one if the host picks it instead of the screen, until somebody shares anew", async () => {
    const { programme, setGuests } = await withTwo()
    const { layout } = programme
    setGuests([sharing("Ada"), grace])
    layout.pick("everyone")
    assert.strictEqual(layout.layout(), "everyone")
    layout.pick("screen")
    assert.strictEqual(layout.layout(), "screen")
    layout.pin("grace")
    assert.strictEqual(layout.layout(), "speaker")
    assert.strictEqual(layout.pinned(), "grace")
    layout.pick("screen")
    assert.isNull(layout.pinned())
    layout.pin("grace")
    layout.pin(null)
    assert.strictEqual(layout.layout(), "screen")
    layout.pick("one")
    setGuests([sharing("Ada"), sharing("Grace")])
    assert.strictEqual(layout.layout(), "screen")
  })

  it("stays the one that the host picked instead of the screen, through pins, unpins and departures", async () => {
    const { programme, setGuests } = await withTwo()
    const { layout } = programme
    setGuests([sharing("Ada"), grace])
    layout.pick("one")
    layout.pin("grace")
    layout.pin(null)
    assert.strictEqual(layout.layout(), "one")
    layout.pin("grace")
    setGuests([sharing("Ada")])
    assert.strictEqual(layout.layout(), "one")
  })
})
