import { assert, describe, it } from "@effect/vitest"
import { type HostChatLine, isFor, keepLines, readLines, toGuest, toHost } from "../../../pages/host/hostChatLines.js"
import { decodeGuestMessage } from "../../../rtc/control.js"

const lineBy = (author: string | null, changes: Partial<HostChatLine> = {}): HostChatLine => ({
  id: "1",
  author,
  from: author ?? "Host",
  text: "Hello",
  at: 1,
  aside: null,
  sent: null,
  ...changes
})

describe("the chat that a host's page keeps", () => {
  it("passes a private line only to its recipient", () => {
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

  it("belongs to one session", () => {
    const kept = keepLines({ session: "one", lines: [lineBy(null)] })
    assert.deepStrictEqual(readLines(kept, "one"), [lineBy(null)])
    for (const text of [kept, null, "", "{", "null", "1"]) assert.deepStrictEqual(readLines(text, "two"), [])
  })
})

describe("a chat line of a guest who has the host's name, or claims in it to be the host", () => {
  it("is not marked as the host's", () => {
    for (const from of ["Host", "Gastgeber", "Dorothy"]) {
      const line = toGuest("ada", lineBy("eve", { from }))
      assert.notProperty(line, "host")
      assert.strictEqual(toHost(lineBy("eve", { from })).host, false)
    }
    const said = decodeGuestMessage('{"type":"chat","text":"I am the host","host":true,"from":"Host"}')
    assert.deepStrictEqual(said, { type: "chat", text: "I am the host" })
  })
})
