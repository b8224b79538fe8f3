/** What a page had received by one moment, over all its connections. */
export interface Sample {
  /** In milliseconds since 1970. */
  readonly at: number
  /** Decoded frames of cameras. */
  readonly frames: number
  /** The width of the largest picture, in pixels. */
  readonly width: number
  /** Samples of voices that were played, and how many of them concealed a loss. */
  readonly played: number
  readonly concealed: number
  /** Bytes of pictures and voices. */
  readonly bytes: number
}

/** A longer pause counts as frozen, in milliseconds. */
const frozenAfter = 500

/** The times at which something new arrived, by comparing each sample with the previous one. */
const moments = (
  samples: ReadonlyArray<Sample>,
  came: (now: Sample, before: Sample) => boolean
): ReadonlyArray<number> =>
  samples.flatMap((now, index) => {
    const before = samples[index - 1]
    return before !== undefined && came(now, before) ? [now.at] : []
  })

const picture = (now: Sample, before: Sample) => now.frames > before.frames
/** Most of what was played was received, and not concealed. */
const sound = (now: Sample, before: Sample) => (now.concealed - before.concealed) * 2 < now.played - before.played

/** The pauses between moments, from `since` to `until`, each with its end. */
const pauses = (at: ReadonlyArray<number>, since: number, until: number) => {
  const inside = [since, ...at.filter((moment) => moment > since && moment < until), until]
  return inside.slice(1).map((end, index) => ({ end, length: end - (inside[index] ?? end) }))
}

const frozen = (samples: ReadonlyArray<Sample>, came: typeof picture, since: number, until: number) =>
  pauses(moments(samples, came), since, until).filter(({ length }) => length > frozenAfter)

/** Seconds from `since` to the end of the longest pause of picture or sound, whichever ends later. 0: there is none. */
export const secondsUntilBack = (samples: ReadonlyArray<Sample>, since: number, until: number): number => {
  const ends = [picture, sound].map((came) => {
    const [longest] = frozen(samples, came, since, until).toSorted((a, b) => b.length - a.length)
    return longest?.end ?? since
  })
  return (Math.max(...ends) - since) / 1000
}

/** Seconds in which the picture was frozen. */
export const secondsFrozen = (samples: ReadonlyArray<Sample>, since: number, until: number): number =>
  frozen(samples, picture, since, until).reduce((total, { length }) => total + length / 1000, 0)

/** Seconds until the picture is as wide as this again, or until the last sample. */
export const secondsUntilWide = (samples: ReadonlyArray<Sample>, width: number, since: number): number => {
  const later = samples.filter(({ at }) => at >= since)
  const wide = later.find((sample) => sample.width >= width) ?? later.at(-1)
  return ((wide?.at ?? since) - since) / 1000
}

/** What was received between two times: frames and kbit a second, and the share of concealed sound, in percent. */
export const received = (samples: ReadonlyArray<Sample>, since: number, until: number) => {
  const inside = samples.filter(({ at }) => at >= since && at <= until)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first === undefined || last === undefined || first === last) throw new Error("There are no samples of this time.")
  const seconds = (last.at - first.at) / 1000
  return {
    frames: (last.frames - first.frames) / seconds,
    kbits: ((last.bytes - first.bytes) * 8) / 1000 / seconds,
    width: last.width,
    concealed: ((last.concealed - first.concealed) / (last.played - first.played)) * 100
  }
}
