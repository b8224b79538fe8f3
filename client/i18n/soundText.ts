import type { Unmixed } from "../media/mixMinus.js"
import type { StatusText } from "./StatusText.js"
import { t } from "./t.js"

/** What can keep people from hearing each other. */
export interface SoundFacts {
  /** The browser wants a press before it plays voices. */
  readonly refused: boolean
  /** Why the host's page mixes nothing. Null: it does, or there is nothing to mix. */
  readonly unmixed: Unmixed | null
  /** There is nothing that could play sound. */
  readonly noOutput: boolean
  /** How many others are connected. */
  readonly others: number
  /** The host's microphone is on. */
  readonly speaks: boolean
}

/** Who does not hear whom. */
const until = ({ noOutput, others, refused, speaks, unmixed }: SoundFacts): ReadonlyArray<string> => {
  if (others === 0) return []
  const apart = unmixed !== null && others > 1
  const mute = unmixed !== null && speaks
  return [
    ...(refused || noOutput ? [t.sound.until.deaf()] : []),
    ...(apart && mute ? [t.sound.until.both()] : apart ? [t.sound.until.apart()] : mute ? [t.sound.until.mute()] : [])
  ]
}

/** Why there is no sound, and who does not hear whom. Undefined if nobody misses anything. */
export const soundText = (facts: SoundFacts): StatusText | undefined => {
  const missing = until(facts)
  if (missing.length === 0) return undefined
  const status = (title: string, details: ReadonlyArray<string>): StatusText => ({
    tone: "warn",
    title,
    detail: details.join(" ")
  })
  if (facts.noOutput || facts.unmixed === "output")
    return status(t.sound.output.title(), [t.sound.output.detail(), ...missing])
  if (facts.unmixed === "interrupted")
    return status(t.sound.interrupted.title(), [t.sound.interrupted.detail(), ...missing])
  return status(t.sound.press(), missing)
}
