import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import { piecesOf } from "../features/chat/chatText.js"
import { isolated, partsOf, unmarked } from "../i18n/isolated.js"
import { unhyphenated } from "../i18n/unhyphenated.js"
import { type HostLine, isFor, keepLines, readLines, toGuest, toHost } from "../pages/host/hostLines.js"
import { ChatLine } from "../rtc/chat.js"
import { cleanName } from "../rtc/cleanName.js"
import { decodeGuestMessage, decodeHostMessage, encodeControl } from "../rtc/control.js"
import { historyOf, textAtMost } from "../rtc/history.js"

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
  it("is all there in its pieces, and only web addresses can be pressed", () => {
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

describe("a name", () => {
  it("has nothing in it that nobody sees, but joiners", () => {
    assert.strictEqual(cleanName(" A\u202ed\u0000a\u2066\u2028 "), "Ada")
    assert.strictEqual(
      cleanName("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc"),
      "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc"
    )
    assert.strictEqual(cleanName("👩\u200d🔬"), "👩\u200d🔬")
    FastCheck.assert(
      FastCheck.property(FastCheck.string({ unit: "binary" }), (name) => {
        assert.notMatch(cleanName(name).replaceAll(/[\u200c\u200d]/g, ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        assert.strictEqual(cleanName(cleanName(name)), cleanName(name))
      })
    )
  })

  it("comes over the control channel clean, and what is nothing else is no name", () => {
    const line = { type: "chat", id: "1", text: "Hello", at: 1 }
    assert.deepInclude(decodeHostMessage(JSON.stringify({ ...line, from: "A\u202eda\u200b" })), { from: "Ada" })
    assert.isNull(decodeHostMessage(JSON.stringify({ ...line, from: "\u202e\u200b" })))
    assert.deepInclude(decodeHostMessage('{"type":"sharing","on":true,"name":"\u2066Ada","you":false}'), {
      name: "Ada"
    })
  })

  it("is kept apart in a sentence, and can be taken out of it for ears", () => {
    const sentence = `Only ${isolated("\u05d0\u05d3\u05d4")} hears you`
    assert.deepStrictEqual(partsOf(sentence), [
      { text: "Only ", isolated: false },
      { text: "\u05d0\u05d3\u05d4", isolated: true },
      { text: " hears you", isolated: false }
    ])
    assert.strictEqual(unmarked(sentence), "Only \u05d0\u05d3\u05d4 hears you")
  })

  it("says nothing of where a long word may break", () => {
    assert.strictEqual(unhyphenated("Einstel\u00ADlun\u00ADgen"), "Einstellungen")
  })
})

const lineBy = (author: string | null, changes: Partial<HostLine> = {}): HostLine => ({
  id: "1",
  author,
  from: author ?? "Host",
  text: "Hello",
  at: 1,
  aside: null,
  sent: null,
  ...changes
})

describe("the history of a chat", () => {
  it("comes whole and in order, in messages that are heard", () => {
    const lines = FastCheck.array(Arbitrary.make(ChatLine), { maxLength: 200 })
    FastCheck.assert(
      FastCheck.property(lines, (lines) => {
        const heard = historyOf(lines).map((message) => {
          const text = encodeControl(message)
          assert.isAtMost(text.length, textAtMost)
          return decodeHostMessage(text)
        })
        assert.deepStrictEqual(
          heard.flatMap((message) => (message?.type === "history" ? message.lines : [])),
          lines
        )
      }),
      { numRuns: 30 }
    )
  })

  it("takes few messages, where lines are as long as they may be", () => {
    const long = Array.from({ length: 200 }, (_, index) =>
      toGuest("a", lineBy("b", { id: `${index}`, text: "x".repeat(1000) }))
    )
    assert.isAtMost(historyOf(long).length, 15)
    const hard = toGuest("a", lineBy("b", { text: "\u0001".repeat(1000), from: "\u00e9".repeat(64) }))
    assert.deepStrictEqual(
      historyOf([hard, hard, hard]).map(({ lines }) => lines.length),
      [2, 1]
    )
  })

  it("gives what was written to one to that one alone", () => {
    const aside = lineBy(null, { aside: { guest: "ada", name: "Ada" } })
    assert.isTrue(isFor("ada", aside))
    assert.isFalse(isFor("eve", aside))
    assert.isTrue(isFor("eve", lineBy("ada")))
    assert.deepInclude(toGuest("ada", aside), { host: true, aside: true })
    assert.deepInclude(toHost(aside), { own: true, aside: { to: "guest", name: "Ada" } })
    const reply = lineBy("ada", { aside: { guest: "ada", name: "Ada" }, sent: "7" })
    assert.deepInclude(toGuest("ada", reply), { own: true, aside: true, sent: "7" })
    assert.deepInclude(toHost(reply), { own: false, aside: { to: "you" } })
  })

  it("is that of one session", () => {
    const kept = keepLines({ session: "one", lines: [lineBy(null)] })
    assert.deepStrictEqual(readLines(kept, "one"), [lineBy(null)])
    for (const text of [kept, null, "", "{", "null", "1"]) assert.deepStrictEqual(readLines(text, "two"), [])
  })
})

describe("whoever calls itself the host", () => {
  it("is told apart: only what the host's page wrote is marked", () => {
    for (const from of ["Host", "Gastgeber", "Dorothy"]) {
      const line = toGuest("ada", lineBy("eve", { from }))
      assert.notProperty(line, "host")
      assert.strictEqual(toHost(lineBy("eve", { from })).host, false)
    }
    const said = decodeGuestMessage('{"type":"chat","text":"I am the host","host":true,"from":"Host"}')
    assert.deepStrictEqual(said, { type: "chat", text: "I am the host" })
  })
})
