/** Which files a recording consists of: the pure part. */
import { freeStem, stemOf } from "./names.js"

export type SourceKind = "camera" | "screen"

/** One person's camera with microphone, or screen. A track that is null gives nothing to record now. */
export interface Source<Track = MediaStreamTrack> {
  /** The peer's id; the host's is `host`. */
  readonly id: string
  readonly name: string
  readonly kind: SourceKind
  readonly audio: Track | null
  readonly video: Track | null
}

/** A stretch of one source in which its tracks stay the same. It becomes one file. */
export interface Segment<Track = MediaStreamTrack> {
  /** The name of its file, without an extension. */
  readonly stem: string
  readonly source: Source<Track>
  /** Milliseconds since the recording's start. */
  readonly offsetMs: number
}

/** What runs now, by source, and the names that were given. */
export interface Plan<Track = MediaStreamTrack> {
  readonly open: ReadonlyMap<string, Segment<Track>>
  readonly names: ReadonlyMap<string, { readonly stem: string; readonly count: number }>
}

interface Change<Track> {
  readonly plan: Plan<Track>
  readonly closed: ReadonlyArray<Segment<Track>>
  readonly opened: ReadonlyArray<Segment<Track>>
}

export const emptyPlan: Plan<never> = { open: new Map(), names: new Map() }

const keyOf = ({ id, kind }: Source<unknown>) => `${kind} ${id}`

const sameTracks = <Track>(one: Source<Track>, other: Source<Track>) =>
  one.audio === other.audio && one.video === other.video

/**
 * What to close and what to open, now that these are the sources. A source that is not among them has ended; one that
 * is given twice counts once.
 */
export const replan = <Track>(
  plan: Plan<Track>,
  sources: ReadonlyArray<Source<Track>>,
  offsetMs: number
): Change<Track> => {
  const wanted = new Map(
    sources
      .filter(({ audio, video }) => audio !== null || video !== null)
      .map((source) => [keyOf(source), source] as const)
  )
  const open = new Map<string, Segment<Track>>()
  const closed: Array<Segment<Track>> = []
  for (const [key, segment] of plan.open) {
    const source = wanted.get(key)
    if (source !== undefined && sameTracks(source, segment.source)) open.set(key, segment)
    else closed.push(segment)
  }
  const names = new Map(plan.names)
  const opened: Array<Segment<Track>> = []
  for (const [key, source] of wanted) {
    if (open.has(key)) continue
    const named = names.get(key) ?? {
      stem: freeStem(
        stemOf(source.name, source.kind),
        [...names.values()].map(({ stem }) => stem)
      ),
      count: 0
    }
    const count = named.count + 1
    names.set(key, { stem: named.stem, count })
    const segment: Segment<Track> = { stem: `${named.stem}-${count}`, source, offsetMs }
    open.set(key, segment)
    opened.push(segment)
  }
  return { plan: { open, names }, closed, opened }
}
