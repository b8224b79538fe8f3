/** A piece of what somebody wrote. */
export type Piece =
  | { readonly _tag: "Text"; readonly text: string }
  /** An address that can be pressed. `href` is its normal form. */
  | { readonly _tag: "Link"; readonly text: string; readonly href: string }

/** A possible address: it ends at a space, a bracket or quotation mark of markup, or an invisible character. */
const candidate = /\bhttps?:\/\/[^\s<>"“”«»\p{C}]+/giu

/** Punctuation that follows an address in a sentence, and does not belong to it. */
const trailing = /[.,;:!?…'’*_~]$/u
const brackets: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" }

const count = (text: string, character: string) => text.split(character).length - 1

/** The address without the punctuation after it. A closing bracket belongs to it if the address also opens it. */
const trimmed = (address: string): string => {
  const last = address.at(-1) ?? ""
  const opening = brackets[last]
  const unopened = opening !== undefined && count(address, opening) < count(address, last)
  return trailing.test(address) || unopened ? trimmed(address.slice(0, -last.length)) : address
}

/** Null if it is no web address, or if a user name in it hides where it leads. */
const hrefOf = (address: string): string | null => {
  try {
    const { href, password, protocol, username } = new URL(address)
    const web = protocol === "http:" || protocol === "https:"
    return web && username === "" && password === "" ? href : null
  } catch {
    return null
  }
}

/** The text in pieces, which joined are the text again: web addresses, and what is between them. */
export const piecesOf = (text: string): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  let done = 0
  const upTo = (end: number) => {
    if (end > done) pieces.push({ _tag: "Text", text: text.slice(done, end) })
    done = end
  }
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const address = trimmed(found)
    const href = hrefOf(address)
    if (href === null) continue
    upTo(index)
    pieces.push({ _tag: "Link", text: address, href })
    done = index + address.length
  }
  upTo(text.length)
  return pieces
}
