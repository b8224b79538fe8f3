/** Names of files and folders. None contains the room's name, which lets people in. */
import { numberOf } from "../nameText.js"
import type { SourceKind } from "./segments.js"

/**
 * `2026-11-23 03-21-17`, by this machine's clock: the name of a recording's folder, or the beginning of its downloads'
 * names. No two recordings of a host begin in the same second, so their names never collide. `startedAt` is ISO 8601.
 */
export const savedName = (startedAt: string): string => {
  const at = new Date(startedAt)
  const clock = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return clock.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-")
}

/** Longer names are cut: some file systems allow 255 bytes, and a letter may have four. */
const maxLetters = 40

/** The name of a person whose name has no letter and no digit. */
const nameless = "Guest"

/**
 * A person's name as the start of a file name, valid on every system: letters and digits of any script, and `-` for all
 * the rest. `_` is used only before the number that tells people of one name apart: `Ada_2` for `Ada (2)`.
 */
export const safeName = (name: string): string => {
  const number = numberOf(name)
  const called = name.slice(0, name.length - number.length).normalize("NFC")
  const letters = [...called.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, maxLetters).join("")
  const trimmed = letters.replace(/^-+|-+$/g, "")
  return (trimmed === "" ? nameless : trimmed) + number.replace(" (", "_").replace(")", "")
}

/** `Ada` for a camera, else `Ada-screen` or `Ada-sound`. The file of all together is named by its kind only. */
export const stemOf = (name: string, kind: SourceKind): string => {
  if (kind === "programme") return kind
  return kind === "camera" ? safeName(name) : `${safeName(name)}-${kind}`
}

/**
 * The stem as case-insensitive file systems compare it: Windows', macOS'. Folded to both cases, since otherwise a name
 * with a long s (ſ) or a final sigma (ς) would differ here and be the same file on a Mac.
 */
const folded = (stem: string) => stem.toLowerCase().toUpperCase().normalize("NFC")

/** The stem, or `stem_2`, `stem_3`, the first that is free. `taken` holds earlier results. */
export const freeStem = (stem: string, taken: ReadonlyArray<string>): string => {
  const others = new Set(taken.map(folded))
  if (!others.has(folded(stem))) return stem
  let number = 2
  while (others.has(folded(`${stem}_${number}`))) number++
  return `${stem}_${number}`
}
