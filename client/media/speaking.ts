/** Louder than this is speech, on the scale of `loudness`: some -38 decibels of full scale. */
const loud = 0.36

/** Speech has lasted this long before somebody counts as speaking: a cough is shorter. Milliseconds, as all below. */
const begins = 150

/** Pauses up to this are part of speaking. */
const pause = 800

/** Whoever has spoken this long may become the active speaker. */
const activeAfter = 1_500

/** When somebody began to be loud, and was loud last. */
interface Mark {
  readonly since: number
  readonly last: number
}

/** Who speaks, as far as levels have shown it. */
export interface Speaking {
  readonly marks: ReadonlyMap<string, Mark>
  /** Who is speaking now. */
  readonly now: ReadonlySet<string>
  /** Whoever became it last: another does once they speak and this one does not. */
  readonly activeSpeaker: string | null
}

/** Before the first level. */
export const silence: Speaking = { marks: new Map(), now: new Set(), activeSpeaker: null }

/** Who speaks, after levels (0 to 1) at a time in milliseconds. Who has no level is gone. */
export const speakingAfter = (before: Speaking, levels: ReadonlyMap<string, number>, time: number): Speaking => {
  const marks = new Map<string, Mark>()
  for (const [id, level] of levels) {
    const mark = before.marks.get(id)
    if (level >= loud) marks.set(id, { since: mark?.since ?? time, last: time })
    else if (mark !== undefined && time - mark.last <= pause) marks.set(id, mark)
  }
  const lasted = (id: string) => {
    const mark = marks.get(id)
    return mark === undefined ? -1 : mark.last - mark.since
  }
  const now = new Set([...marks.keys()].filter((id) => lasted(id) >= begins))
  const { activeSpeaker } = before
  const holder = activeSpeaker !== null && levels.has(activeSpeaker) ? activeSpeaker : null
  if (holder !== null && now.has(holder)) return { marks, now, activeSpeaker: holder }
  const [next] = [...now].filter((id) => lasted(id) >= activeAfter).sort((one, other) => lasted(other) - lasted(one))
  return { marks, now, activeSpeaker: next ?? holder }
}

/**
 * By how many more levels of one voice were loud than quiet, with this one: speech makes more of it, and neither keys nor a
 * cough get far.
 */
export const loudMore = (before: number, level: number): number => Math.max(0, before + (level >= loud ? 1 : -1))
