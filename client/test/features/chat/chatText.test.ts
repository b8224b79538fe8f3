import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { piecesOf } from "../../../features/chat/chatText.js"

const word = FastCheck.constantFrom(
  "https://example.org",
  "http://a.b/c?d=e&f#g",
  "(https://example.org/a_(b))",
  "javascript:alert(1)",
  "https://",
  "http://google.com@evil.example",
  "and",
  ".",
  "»",
  " ",
  "\n",
  "\u202e"
)
const text = FastCheck.oneof(
  FastCheck.string({ unit: "binary" }),
  FastCheck.array(word).map((words) => words.join(""))
)

describe("the text of a chat", () => {
  it("is complete in its pieces, and only web addresses are links", () => {
    FastCheck.assert(
      FastCheck.property(text, (text) => {
        const pieces = piecesOf(text)
        assert.strictEqual(pieces.map((piece) => piece.text).join(""), text)
        for (const piece of pieces) {
          if (piece._tag === "Text") continue
          const { password, protocol, username } = new URL(piece.href)
          assert.include(["http:", "https:"], protocol)
          assert.deepStrictEqual([username, password], ["", ""])
          assert.match(piece.text, /^https?:\/\/[^\s<>"]+[^\s.,;:!?…'’]$/iu)
          assert.notMatch(piece.text, /\p{C}/u)
        }
      })
    )
  })

  it("ends an address before the punctuation of its sentence", () => {
    const links = (text: string) => piecesOf(text).flatMap((piece) => (piece._tag === "Link" ? [piece.text] : []))
    assert.deepStrictEqual(links("See https://example.org/a, and (http://b.example/c?d=1&e=2#f)."), [
      "https://example.org/a",
      "http://b.example/c?d=1&e=2#f"
    ])
    assert.deepStrictEqual(links("https://de.example/wiki/Ada_(Name)!"), ["https://de.example/wiki/Ada_(Name)"])
    assert.deepStrictEqual(links('<a href="https://x.example/" onclick=x>'), ["https://x.example/"])
    for (const none of [
      "javascript:alert(1)",
      "data:text/html,x",
      "https://",
      "http://bank.example@evil.example",
      "xhttp://a"
    ]) {
      assert.deepStrictEqual(links(none), [])
    }
  })
})
