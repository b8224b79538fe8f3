/** The host's own voice, among those of the guests, which go by their peer ids. */
export const hostVoice = "host"

/** A listener who is no voice, and so hears everybody: what is recorded of all together. */
export const wholeMix = "programme"

/** Why nothing is mixed: the browser waits for a press, the system has the sound, or there is no sound output. */
export type Unmixed = "press" | "interrupted" | "output"

/**
 * What a context that does not run is missing. `noOutput`: the machine is known to have no sound output. Where that is
 * not known another press is the best that can be asked for.
 */
export const unmixedBecause = (state: AudioContextState, noOutput: boolean): Unmixed | null => {
  if (state === "running") return null
  if (state === "interrupted") return "interrupted"
  return noOutput ? "output" : "press"
}

/**
 * Who hears whom in a mix-minus: everybody all the others, and nobody themselves. While the host talks to one guest
 * alone, only that one hears the host.
 */
export const hears = (listener: string, voice: string, talkingTo: string | null): boolean =>
  listener !== voice && (voice !== hostVoice || talkingTo === null || talkingTo === listener)

/** How loud each voice is for all: one that goes to a single guest is silent. */
export const levelsForAll = (
  levels: ReadonlyMap<string, number>,
  talkingTo: string | null
): ReadonlyMap<string, number> =>
  new Map([...levels].map(([voice, level]) => [voice, hears(wholeMix, voice, talkingTo) ? level : 0]))
