/** The id of the host's voice; those of guests have their peer ids. */
export const hostVoice = "host"

/** A listener without a voice, who hears everybody: for the recording of all together. */
export const wholeMix = "programme"

/** Why nothing is mixed: the browser waits for a press, the system has taken the sound, or there is no sound output. */
export type Unmixed = "press" | "interrupted" | "output"

/**
 * Why a context does not run; null if it does. `noOutput`: the machine is known to have no sound output. If that is not
 * known, another press is the best that can be asked for.
 */
export const unmixedBecause = (state: AudioContextState, noOutput: boolean): Unmixed | null => {
  if (state === "running") return null
  if (state === "interrupted") return "interrupted"
  return noOutput ? "output" : "press"
}

/**
 * Who hears whom in a mix-minus: everybody hears all others, and nobody themselves. While the host talks to one guest
 * only, nobody else hears the host.
 */
export const hears = (listener: string, voice: string, talkingTo: string | null): boolean =>
  listener !== voice && (voice !== hostVoice || talkingTo === null || talkingTo === listener)

/** The levels of the voices as all hear them: one that goes to a single guest is 0. */
export const levelsForAll = (
  levels: ReadonlyMap<string, number>,
  talkingTo: string | null
): ReadonlyMap<string, number> =>
  new Map([...levels].map(([voice, level]) => [voice, hears(wholeMix, voice, talkingTo) ? level : 0]))
