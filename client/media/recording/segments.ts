/** Which files a recording consists of: pure functions. */
import { freeAfter, type Rate, restOf } from "../../browser/rate.js"
import { hostVoice, wholeMix } from "../mixMinus.js"
import { freeStem, stemOf } from "./fileNames.js"

export type SourceKind = "camera" | "screen" | "sound" | "programme"

/**
 * A source to record. Of each person: a camera together with the sound, so that its files play by themselves; a screen
 * with its sound; and the sound by itself, which goes on whatever the camera does. Of all together: the programme, with
 * the mix of all voices. A track that is null brings nothing now.
 */
export interface Source<Track = MediaStreamTrack> {
  /** The peer's id; `host` for the host, `programme` for all together. */
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
  /** The sound of the host's screen, if the browser captures it. That of a guest's screen is in the guest's voice. */
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

/** A part of one source in which its tracks stay the same. It becomes one file. */
export interface Segment<Track = MediaStreamTrack> {
  /** The name of its file, without an extension. */
  readonly stem: string
  readonly source: Source<Track>
  /** Milliseconds since the recording's start. */
  readonly offsetMs: number
}

/** The name of a source's files, how many of them there are, and what limits the next. */
interface SourceFiles {
  readonly stem: string
  readonly count: number
  /** The `offsetMs` of the last. */
  readonly lastMs: number
  /** When `filesOfOne` counts none of them any more, as an `offsetMs`. */
  readonly freeMs: number
}

/** The segments that are recorded now, and the names of files, by source. */
export interface Plan<Track = MediaStreamTrack> {
  readonly open: ReadonlyMap<string, Segment<Track>>
  readonly names: ReadonlyMap<string, SourceFiles>
  /** When `filesOfGuests` counts none of their files any more, as an `offsetMs`. */
  readonly freeMs: number
}

interface Change<Track> {
  readonly plan: Plan<Track>
  readonly closed: ReadonlyArray<Segment<Track>>
  readonly opened: ReadonlyArray<Segment<Track>>
  /** Whether a source waits for its file: call `replan` again soon. */
  readonly waiting: boolean
}

/**
 * A picture that was gone and is back gets its next file this long after the last one began, at the earliest: each file
 * has an encoder of its own.
 */
const minFileIntervalMs = 2_000

/**
 * The files that one source of a guest may begin. A guest who without end turns a camera off and on, or calls anew,
 * gets one file in half a minute after the burst, and in between no file of this source. A guest on a train who calls
 * anew every minute gets each at once.
 */
const filesOfOne: Rate = { burst: 30, every: 30_000 }

/**
 * The files that all guests may begin together, including those who leave and come back as somebody else: none of them
 * must fill the disk. A meeting of 50 begins with 150.
 */
const filesOfGuests: Rate = { burst: 600, every: 5_000 }

export const emptyPlan: Plan<never> = { open: new Map(), names: new Map(), freeMs: 0 }

const noFiles = (stem: string): SourceFiles => ({ stem, count: 0, lastMs: Number.NEGATIVE_INFINITY, freeMs: 0 })

const keyOf = ({ id, kind }: Pick<Source<unknown>, "id" | "kind">) => `${kind} ${id}`

/** The plan of a recording that goes on, by its files: no file is written twice, and nobody gets a second name. */
export const planAfter = (
  files: ReadonlyArray<{ readonly file: string; readonly peer: string; readonly kind: SourceKind }>
): Plan<never> => {
  const names = new Map<string, SourceFiles>()
  for (const { file, kind, peer } of files) {
    const [, stem, count] = /^(.+)-(\d+)\.\w+$/.exec(file) ?? []
    if (stem === undefined) continue
    const key = keyOf({ id: peer, kind })
    const earlier = names.get(key)?.count ?? 0
    names.set(key, { ...noFiles(stem), count: Math.max(earlier, Number(count)) })
  }
  return { ...emptyPlan, names }
}

/** Whether there is something to record. The sound of a camera has a file of its own; that of a screen has no other. */
const isRecordable = ({ audio, kind, video }: Source<unknown>) => {
  if (kind === "sound") return audio !== null
  return video !== null || (kind === "screen" && audio !== null)
}

/** The sources of the host and of all together are not limited: no guest turns them off and on. */
const isGuests = ({ id }: Pick<Source<unknown>, "id">) => id !== hostVoice && id !== wholeMix

const sameTracks = <Track>(one: Source<Track>, other: Source<Track>) =>
  one.audio === other.audio && one.video === other.video

/**
 * What to close and what to open for these sources. A source that is not among them has ended; one that occurs twice
 * counts once.
 */
export const replan = <Track>(
  plan: Plan<Track>,
  sources: ReadonlyArray<Source<Track>>,
  offsetMs: number
): Change<Track> => {
  const wanted = new Map(sources.filter(isRecordable).map((source) => [keyOf(source), source] as const))
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
  /** Those who began the fewest files come first: the common limit must not go to those who want the most. */
  const limitedUntil = (key: string) => Math.max(plan.names.get(key)?.freeMs ?? 0, offsetMs)
  const due = Array.from(wanted).filter(([key]) => !open.has(key))
  for (const [key, source] of due.sort(([one], [other]) => limitedUntil(one) - limitedUntil(other))) {
    const earlier = names.get(key)
    const isBack = earlier !== undefined && !plan.open.has(key) && source.kind !== "sound"
    const waitsMs = [
      isBack ? earlier.lastMs + minFileIntervalMs - offsetMs : 0,
      restOf(filesOfOne, earlier?.freeMs ?? 0, offsetMs),
      restOf(filesOfGuests, freeMs, offsetMs)
    ]
    if (isGuests(source) && waitsMs.some((waitMs) => waitMs > 0)) {
      waiting = true
      continue
    }
    const files =
      earlier ??
      noFiles(
        freeStem(
          stemOf(source.name, source.kind),
          Array.from(names.values(), ({ stem }) => stem)
        )
      )
    const count = files.count + 1
    names.set(key, { ...files, count, lastMs: offsetMs, freeMs: freeAfter(filesOfOne, files.freeMs, offsetMs) })
    if (isGuests(source)) freeMs = freeAfter(filesOfGuests, freeMs, offsetMs)
    const segment: Segment<Track> = { stem: `${files.stem}-${count}`, source, offsetMs }
    open.set(key, segment)
    opened.push(segment)
  }
  return { plan: { open, names, freeMs }, closed, opened, waiting }
}
