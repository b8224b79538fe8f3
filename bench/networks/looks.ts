/** What a page had received by one moment, over all its connections. */
export interface Look {
  /** In milliseconds since 1970. */
  readonly at: number
  /** Decoded frames of cameras. */
  readonly frames: number
  /** The width of the largest picture, in pixels. */
  readonly width: number
  /** Samples of voices that were played, and how many of them the browser made up. */
  readonly samples: number
  readonly concealed: number
  /** Bytes of pictures and voices. */
  readonly bytes: number
}

/** In milliseconds: what pauses for longer is frozen. */
const frozenAfter = 500

/** When something new came, by what each look adds to the one before. */
const moments = (looks: ReadonlyArray<Look>, came: (now: Look, before: Look) => boolean): ReadonlyArray<number> =>
  looks.flatMap((now, index) => {
    const before = looks[index - 1]
    return before !== undefined && came(now, before) ? [now.at] : []
  })

const picture = (now: Look, before: Look) => now.frames > before.frames
/** Most of what was played was said. */
const sound = (now: Look, before: Look) => (now.concealed - before.concealed) * 2 < now.samples - before.samples

/** The pauses between moments, from `since` to `until`, each with its end. */
const pauses = (at: ReadonlyArray<number>, since: number, until: number) => {
  const inside = [since, ...at.filter((moment) => moment > since && moment < until), until]
  return inside.slice(1).map((end, index) => ({ end, length: end - (inside[index] ?? end) }))
}

const frozen = (looks: ReadonlyArray<Look>, came: typeof picture, since: number, until: number) =>
  pauses(moments(looks, came), since, until).filter(({ length }) => length > frozenAfter)

/** Seconds from `since` to the end of the longest pause of the picture or of the sound, whichever is later. 0: there is none. */
export const secondsUntilBack = (looks: ReadonlyArray<Look>, since: number, until: number): number => {
  const ends = [picture, sound].map((came) => {
    const [longest] = frozen(looks, came, since, until).toSorted((a, b) => b.length - a.length)
    return longest?.end ?? since
  })
  return (Math.max(...ends) - since) / 1000
}

/** Seconds in which the picture was frozen. */
export const secondsFrozen = (looks: ReadonlyArray<Look>, since: number, until: number): number =>
  frozen(looks, picture, since, until).reduce((total, { length }) => total + length / 1000, 0)

/** Seconds until the picture is as wide as this again, or until the last look. */
export const secondsUntilWide = (looks: ReadonlyArray<Look>, width: number, since: number): number => {
  const later = looks.filter(({ at }) => at >= since)
  const wide = later.find((look) => look.width >= width) ?? later.at(-1)
  return ((wide?.at ?? since) - since) / 1000
}

/** What came between two times: frames and kbit a second, and the share of sound that was made up, in percent. */
export const received = (looks: ReadonlyArray<Look>, since: number, until: number) => {
  const inside = looks.filter(({ at }) => at >= since && at <= until)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first === undefined || last === undefined || first === last) throw new Error("The page was not looked at.")
  const seconds = (last.at - first.at) / 1000
  return {
    frames: (last.frames - first.frames) / seconds,
    kbits: ((last.bytes - first.bytes) * 8) / 1000 / seconds,
    width: last.width,
    concealed: ((last.concealed - first.concealed) / (last.samples - first.samples)) * 100
  }
}
