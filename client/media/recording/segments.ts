/** Which files a recording consists of: the pure part. */
import { freeStem, stemOf } from "./fileNames.js"

export type SourceKind = "camera" | "screen" | "sound" | "programme"

/**
 * What one person gives to record: a camera with the sound of its time inside, so that its files play by themselves; a
 * screen with what is heard of it; and the sound alone, which goes on whatever the camera does. Or what all give together:
 * the programme, with the mix of all voices. A track that is null gives nothing now.
 */
export interface Source<Track = MediaStreamTrack> {
  /** The peer's id; the host's is `host`, and that of all together `programme`. */
  readonly id: string
  readonly name: string
  readonly kind: SourceKind
  readonly audio: Track | null
  readonly video: Track | null
}

/** The tracks of one person at one moment. */
export interface PersonTracks<Track = MediaStreamTrack> {
  readonly microphone: Track | null
  readonly camera: Track | null
  readonly screen: Track | null
  /** What is heard of the host's screen, where the browser gives it. That of a guest's comes within the guest's voice. */
  readonly screenSound: Track | null
}

/** The sources of one person. */
export const sourcesOf = <Track>(
  id: string,
  name: string,
  { camera, microphone, screen, screenSound }: PersonTracks<Track>
): ReadonlyArray<Source<Track>> => [
  { id, name, kind: "sound", audio: microphone, video: null },
  { id, name, kind: "camera", audio: microphone, video: camera },
  { id, name, kind: "screen", audio: screenSound, video: screen }
]

/** A stretch of one source in which its tracks stay the same. It becomes one file. */
export interface Segment<Track = MediaStreamTrack> {
  /** The name of its file, without an extension. */
  readonly stem: string
  readonly source: Source<Track>
  /** Milliseconds since the recording's start. */
  readonly offsetMs: number
}

/** The name that a source's files have, how many of them there are, and the `offsetMs` of the last. */
interface Named {
  readonly stem: string
  readonly count: number
  readonly lastMs: number
}

/** What runs now, by source, and the names that were given. */
export interface Plan<Track = MediaStreamTrack> {
  readonly open: ReadonlyMap<string, Segment<Track>>
  readonly names: ReadonlyMap<string, Named>
}

interface Change<Track> {
  readonly plan: Plan<Track>
  readonly closed: ReadonlyArray<Segment<Track>>
  readonly opened: ReadonlyArray<Segment<Track>>
  /** Whether a picture that is back waits for its file: `replan` is to be called again before long. */
  readonly waiting: boolean
}

/**
 * A picture that went and is back has its next file so many milliseconds after the last began, at the earliest: whoever
 * turns it off and on without end must not fill the disk with files. The sound has a file of its own, which goes on.
 */
const pauseMs = 2_000

export const emptyPlan: Plan<never> = { open: new Map(), names: new Map() }

const keyOf = ({ id, kind }: Pick<Source<unknown>, "id" | "kind">) => `${kind} ${id}`

/** A recording that goes on knows the names of its files: no file is written twice, and nobody gets a second name. */
export const planAfter = (
  files: ReadonlyArray<{ readonly file: string; readonly peer: string; readonly kind: SourceKind }>
): Plan<never> => {
  const names = new Map<string, Named>()
  for (const { file, kind, peer } of files) {
    const [, stem, count] = /^(.+)-(\d+)\.\w+$/.exec(file) ?? []
    if (stem === undefined) continue
    const key = keyOf({ id: peer, kind })
    const before = names.get(key)?.count ?? 0
    names.set(key, { stem, count: Math.max(before, Number(count)), lastMs: Number.NEGATIVE_INFINITY })
  }
  return { open: new Map(), names }
}

/** A camera without a picture is none: its sound has a file of its own. That of a screen has no other. */
const isThere = ({ audio, kind, video }: Source<unknown>) => {
  if (kind === "sound") return audio !== null
  return video !== null || (kind === "screen" && audio !== null)
}

const isPicture = ({ kind }: Source<unknown>) => kind === "camera" || kind === "screen"

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
  const wanted = new Map(sources.filter(isThere).map((source) => [keyOf(source), source] as const))
  const open = new Map<string, Segment<Track>>()
  const closed: Array<Segment<Track>> = []
  for (const [key, segment] of plan.open) {
    const source = wanted.get(key)
    if (source !== undefined && sameTracks(source, segment.source)) open.set(key, segment)
    else closed.push(segment)
  }
  const names = new Map(plan.names)
  const opened: Array<Segment<Track>> = []
  let waiting = false
  for (const [key, source] of wanted) {
    if (open.has(key)) continue
    const named = names.get(key) ?? {
      stem: freeStem(
        stemOf(source.name, source.kind),
        [...names.values()].map(({ stem }) => stem)
      ),
      count: 0,
      lastMs: Number.NEGATIVE_INFINITY
    }
    if (isPicture(source) && !plan.open.has(key) && offsetMs < named.lastMs + pauseMs) {
      waiting = true
      continue
    }
    const count = named.count + 1
    names.set(key, { stem: named.stem, count, lastMs: offsetMs })
    const segment: Segment<Track> = { stem: `${named.stem}-${count}`, source, offsetMs }
    open.set(key, segment)
    opened.push(segment)
  }
  return { plan: { open, names }, closed, opened, waiting }
}
