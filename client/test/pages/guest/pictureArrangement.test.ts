/** How the pictures of a guest's page are placed. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { type PictureInputs, pictureArrangementOf } from "../../../pages/guest/pictureArrangement.js"
import { nothingSaid } from "../../../pages/guest/said.js"
import { HostMessage } from "../../../rtc/control.js"
import { ada, after, host, programme, sharing, together } from "../../fakes/hostSays.js"

const arranged = (coming: Partial<PictureInputs>) =>
  pictureArrangementOf({
    live: true,
    moving: true,
    screen: false,
    said: after(together),
    withScreen: false,
    large: null,
    ...coming
  })

describe("the stage of a guest", () => {
  it("shows the host's camera, and the host's name if it sends nothing", () => {
    assert.deepInclude(arranged({}), { shows: true, picture: "large", covered: undefined, self: true })
    assert.deepInclude(arranged({ moving: false }), { shows: true, covered: host })
    const off = { ...host, camera: false }
    assert.strictEqual(arranged({ said: after({ ...together, list: [off, ada] }) }).covered, off)
    assert.deepInclude(arranged({ moving: false, said: nothingSaid }), { shows: false, covered: undefined })
  })

  it("covers nothing of the programme, and shows this guest once", () => {
    const off = { ...host, camera: false }
    const shown = after({ ...together, list: [off, ada] }, programme)
    assert.deepInclude(arranged({ moving: false, said: shown }), { shows: true, covered: undefined, self: false })
    const unseen = after({ ...together, list: [host, { ...ada, shown: false }] }, { ...programme, layout: "one" })
    assert.isTrue(arranged({ said: unseen }).self)
    assert.isTrue(arranged({ said: after({ ...together, you: null }, programme) }).self)
  })

  it("has a screen large and the people beside it, as the person wants it", () => {
    const strip = after(together, { ...programme, layout: "screen" }, sharing)
    const both = { screen: true, withScreen: true }
    assert.deepInclude(arranged({ ...both, said: strip }), { picture: "strip", fit: "cover", screen: "large" })
    assert.deepInclude(arranged({ ...both, said: strip, large: "picture" }), { picture: "large", screen: "corner" })
    // A strip can be cut only from a programme that shows the screen.
    assert.deepInclude(arranged({ screen: true, said: strip }), { picture: "large", screen: "corner" })
    for (const withScreen of [true, false]) {
      const camera = arranged({ screen: true, withScreen })
      assert.deepInclude(camera, { picture: "corner", fit: "contain", screen: "large" })
    }
    const said = after(together, programme, sharing)
    assert.deepInclude(arranged({ screen: true, said }), { picture: "large", screen: "corner" })
    assert.deepInclude(arranged({ screen: true, said, large: "screen" }), { picture: "corner", screen: "large" })
    // The sharer sees its own screen only in the programme.
    assert.strictEqual(arranged({ withScreen: true, said: strip }).picture, "large")
  })

  it("is empty, with the guest's own picture, whenever the call is not connected", () => {
    const said = after(together, programme)
    for (const moving of [true, false]) {
      const nothing = arranged({ live: false, moving, screen: true, said })
      assert.deepInclude(nothing, { shows: false, covered: undefined, self: true })
    }
  })

  it("always has one picture large, and both beside each other only while a screen is received", () => {
    const flag = FastCheck.boolean()
    FastCheck.assert(
      FastCheck.property(
        FastCheck.record({
          live: flag,
          moving: flag,
          screen: flag,
          withScreen: flag,
          large: FastCheck.constantFrom("picture" as const, "screen" as const, null)
        }),
        FastCheck.array(Arbitrary.make(HostMessage)),
        (coming, messages) => {
          const { picture, screen } = arranged({ ...coming, said: after(...messages) })
          if (coming.screen) assert.strictEqual([picture, screen].filter((place) => place === "large").length, 1)
          else assert.strictEqual(picture, "large")
        }
      )
    )
  })
})
