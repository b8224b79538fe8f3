/** Louder than this is speech, on the scale of `loudness`: some -38 decibels of full scale. */
const loud = 0.36

/** Speech lasts this long before somebody counts as speaking: a cough is shorter. Milliseconds, as all below. */
const minSpeech = 150

/** Pauses up to this are part of speaking. */
const maxPause = 800

/** One who has spoken this long may become the active speaker. */
const activeAfter = 1_500

/** When somebody began to be loud, and was loud last. */
interface LoudSpan {
  readonly since: number
  readonly last: number
}

/** Who speaks, as far as levels have shown it. */
export interface Speaking {
  readonly loudSpans: ReadonlyMap<string, LoudSpan>
  /** Who is speaking now. */
  readonly now: ReadonlySet<string>
  /** Stays until another has spoken long enough and this one is silent. */
  readonly activeSpeaker: string | null
}

/** Before the first level. */
export const silence: Speaking = { loudSpans: new Map(), now: new Set(), activeSpeaker: null }

/** Who speaks, after levels (0 to 1) at a time in milliseconds. One without a level is gone. */
export const speakingAfter = (before: Speaking, levels: ReadonlyMap<string, number>, time: number): Speaking => {
  const loudSpans = new Map<string, LoudSpan>()
  for (const [id, level] of levels) {
    const span = before.loudSpans.get(id)
    if (level >= loud) loudSpans.set(id, { since: span?.since ?? time, last: time })
    else if (span !== undefined && time - span.last <= maxPause) loudSpans.set(id, span)
  }
  const durationOf = (id: string) => {
    const span = loudSpans.get(id)
    return span === undefined ? -1 : span.last - span.since
  }
  const now = new Set([...loudSpans.keys()].filter((id) => durationOf(id) >= minSpeech))
  const { activeSpeaker } = before
  const holder = activeSpeaker !== null && levels.has(activeSpeaker) ? activeSpeaker : null
  if (holder !== null && now.has(holder)) return { loudSpans, now, activeSpeaker: holder }
  const [next] = [...now]
    .filter((id) => durationOf(id) >= activeAfter)
    .sort((one, other) => durationOf(other) - durationOf(one))
  return { loudSpans, now, activeSpeaker: next ?? holder }
}

/**
 * How many more levels of one voice were loud than quiet, counting this one: with speech it grows; keys or a cough do
 * not get far.
 */
export const loudMore = (before: number, level: number): number => Math.max(0, before + (level >= loud ? 1 : -1))
