/** Which files a recording consists of: the pure part. */
import { freeAfter, type Rate, restOf } from "../../browser/rate.js"
import { hostVoice, wholeMix } from "../mixMinus.js"
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

/** The name that a source's files have, how many of them there are, and when the next may begin. */
interface Named {
  readonly stem: string
  readonly count: number
  /** The `offsetMs` of the last. */
  readonly lastMs: number
  /** When `filesOfOne` counts none of them any more, as an `offsetMs`. */
  readonly freeMs: number
}

/** What runs now, by source, and the names that were given. */
export interface Plan<Track = MediaStreamTrack> {
  readonly open: ReadonlyMap<string, Segment<Track>>
  readonly names: ReadonlyMap<string, Named>
  /** When `filesOfGuests` counts none of their files any more, as an `offsetMs`. */
  readonly freeMs: number
}

interface Change<Track> {
  readonly plan: Plan<Track>
  readonly closed: ReadonlyArray<Segment<Track>>
  readonly opened: ReadonlyArray<Segment<Track>>
  /** Whether a source waits for its file: `replan` is to be called again before long. */
  readonly waiting: boolean
}

/**
 * A picture that went and is back has its next file so many milliseconds after the last began, at the earliest: each file
 * has an encoder of its own.
 */
const pauseMs = 2_000

/**
 * The files that one source of a guest begins. Whoever turns a camera off and on, or calls anew, without end gets after the
 * burst one file in half a minute, and in between no file of this source. A guest on a train that calls anew every minute
 * has each at once.
 */
const filesOfOne: Rate = { burst: 30, every: 30_000 }

/**
 * The files that all guests begin together, those too who leave and come back as somebody else: none of them must fill the
 * disk. A meeting of 50 begins with 150.
 */
const filesOfGuests: Rate = { burst: 600, every: 5_000 }

export const emptyPlan: Plan<never> = { open: new Map(), names: new Map(), freeMs: 0 }

const unbegun = (stem: string): Named => ({ stem, count: 0, lastMs: Number.NEGATIVE_INFINITY, freeMs: 0 })

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
    names.set(key, { ...unbegun(stem), count: Math.max(before, Number(count)) })
  }
  return { ...emptyPlan, names }
}

/** A camera without a picture is none: its sound has a file of its own. That of a screen has no other. */
const isThere = ({ audio, kind, video }: Source<unknown>) => {
  if (kind === "sound") return audio !== null
  return video !== null || (kind === "screen" && audio !== null)
}

/** What the host gives, and all together, is no guest's to turn off and on. */
const isGuests = ({ id }: Pick<Source<unknown>, "id">) => id !== hostVoice && id !== wholeMix

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
  let { freeMs } = plan
  let waiting = false
  /** Whoever began the fewest files comes first: what all may begin together must not go to those who want the most. */
  const owed = (key: string) => Math.max(plan.names.get(key)?.freeMs ?? 0, offsetMs)
  const due = Array.from(wanted).filter(([key]) => !open.has(key))
  for (const [key, source] of due.sort(([one], [other]) => owed(one) - owed(other))) {
    const before = names.get(key)
    const isBack = before !== undefined && !plan.open.has(key) && source.kind !== "sound"
    const rests = [
      isBack ? before.lastMs + pauseMs - offsetMs : 0,
      restOf(filesOfOne, before?.freeMs ?? 0, offsetMs),
      restOf(filesOfGuests, freeMs, offsetMs)
    ]
    if (isGuests(source) && rests.some((rest) => rest > 0)) {
      waiting = true
      continue
    }
    const named =
      before ??
      unbegun(
        freeStem(
          stemOf(source.name, source.kind),
          Array.from(names.values(), ({ stem }) => stem)
        )
      )
    const count = named.count + 1
    names.set(key, { ...named, count, lastMs: offsetMs, freeMs: freeAfter(filesOfOne, named.freeMs, offsetMs) })
    if (isGuests(source)) freeMs = freeAfter(filesOfGuests, freeMs, offsetMs)
    const segment: Segment<Track> = { stem: `${named.stem}-${count}`, source, offsetMs }
    open.set(key, segment)
    opened.push(segment)
  }
  return { plan: { open, names, freeMs }, closed, opened, waiting }
}
