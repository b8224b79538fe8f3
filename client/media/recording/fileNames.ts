/** What files and folders are called. None of them names the room, whose name lets people in. */
import { numberOf } from "../nameText.js"
import type { SourceKind } from "./segments.js"

/**
 * `2026-11-23 03-21-17`, by this machine's clock: what a recording's folder is called, or its downloads begin with. No two
 * recordings of one host begin in one second, so none meet where they are saved. `startedAt` is ISO 8601.
 */
export const savedName = (startedAt: string): string => {
  const at = new Date(startedAt)
  const clock = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return clock.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-")
}

/** Longer names are cut: some file systems end at 255 bytes, and a letter may be four. */
const longest = 40

/** What stands for a person whose name has no letter and no digit. */
const nameless = "Guest"

/**
 * A person's name as the start of a file name, good on every system: letters and digits of any script, and `-` for all
 * the rest. `_` stands before nothing but the number that tells people of one name apart: `Ada_2` for `Ada (2)`.
 */
export const safeName = (name: string): string => {
  const number = numberOf(name)
  const called = name.slice(0, name.length - number.length).normalize("NFC")
  const letters = [...called.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, longest).join("")
  const trimmed = letters.replace(/^-+|-+$/g, "")
  return (trimmed === "" ? nameless : trimmed) + number.replace(" (", "_").replace(")", "")
}

/** `Ada` for a camera, else `Ada-screen` or `Ada-sound`. That of all together has no name but its kind. */
export const stemOf = (name: string, kind: SourceKind): string => {
  if (kind === "programme") return kind
  return kind === "camera" ? safeName(name) : `${safeName(name)}-${kind}`
}

/**
 * The stem as file systems see it that know no case: Windows', macOS'. To both cases, or a name with a long s (ſ) or an
 * end sigma (ς) would be another here, and the same file on a Mac.
 */
const folded = (stem: string) => stem.toLowerCase().toUpperCase().normalize("NFC")

/** The stem, or `stem_2`, `stem_3`, the first that nobody has. `taken` holds stems as this function gave them. */
export const freeStem = (stem: string, taken: ReadonlyArray<string>): string => {
  const others = new Set(taken.map(folded))
  if (!others.has(folded(stem))) return stem
  let number = 2
  while (others.has(folded(`${stem}_${number}`))) number++
  return `${stem}_${number}`
}
