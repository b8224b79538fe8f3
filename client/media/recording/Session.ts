import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { encodeStoredManifest, type Manifest, type ManifestSegment, type StoredManifest } from "./manifest.js"
import { type RecordingProblem, SecondsLost } from "./problems.js"
import { recordSegment, type SegmentRecorder } from "./segmentRecorder.js"
import { emptyPlan, type Plan, planAfter, replan, type Segment, type Source } from "./segments.js"
import { makeStalls } from "./stalls.js"
import { within } from "./within.js"
import type { SendRequest } from "./workerClient.js"
import type { WriterRequest } from "./writer.worker.js"

/** A recorder that breaks sooner than this would break again: its track is given up. */
const quickFailureMs = 2_000

/** How often files are checked: whether they grow, and whether one that had to wait can be opened. */
const checkSchedule = Schedule.spaced("500 millis")

/** A browser that has not stopped a recorder by then never will. A busy machine takes a second or two. */
const stopTimeoutMs = 5_000

/**
 * The pause between two writes of the manifest, and so how exactly it tells when a crash came. One of more than 200
 * files is written less often, since it is written as a whole: at most some 20 kB a second.
 */
const notePause = (files: number) => Duration.millis(Math.max(2_000, 10 * files))

/** Writes that take longer at the end are given up: a blocked disk must not keep a host from leaving. */
const writeTimeoutMs = 15_000

/** A recording that has ended and is stored in this browser, to be saved. */
export interface Finished {
  readonly recording: string
  readonly manifest: Manifest
}

/** The progress of a recording. */
export interface Progress {
  /** Written so far, or being written. */
  readonly bytes: number
  /** Whose files grow now, each name once. */
  readonly names: ReadonlyArray<string>
  /** The names of those whose camera or microphone this browser failed to record. */
  readonly broken: ReadonlyArray<string>
}

/** Which recording it is: a new one, or one that goes on. */
export interface Beginning {
  readonly recording: string
  readonly room: string
  /** Milliseconds since 1970. */
  readonly since: number
  /** What was recorded before, `until` this time (milliseconds since 1970), in `bytes` bytes. Null: it is new. */
  readonly before: { readonly stored: StoredManifest; readonly until: number; readonly bytes: number } | null
}

/** Gets reports of a recording while it runs. */
export interface SessionObserver {
  readonly progress: (now: Progress) => void
  readonly finishing: (done: number, of: number) => void
  /** The recording cannot go on. Called once. */
  readonly failed: (problem: RecordingProblem) => void
}

/** The clock may have been set back meanwhile: new segments never begin before the end of the earlier ones. */
const offsetNow = (since: number, segments: ReadonlyArray<ManifestSegment>) =>
  Math.max(Date.now() - since, ...segments.map(({ durationMs, offsetMs }) => offsetMs + (durationMs ?? 0)))

/** One recording, from its first file to its last. */
export class Session {
  private plan: Plan<MediaStreamTrack>
  private wanted: ReadonlyArray<Source> = []
  /** Whether one of them has to wait for its file. */
  private waiting = false
  private readonly recorders = new Map<Segment, SegmentRecorder>()
  private readonly entries: Array<ManifestSegment>
  private readonly unrecordable = new WeakSet<MediaStreamTrack>()
  private readonly broken = new Set<string>()
  private readonly stalls = makeStalls(() => this.setSources(this.wanted))
  /** The recording's start, in the time of `performance.now`. */
  private readonly begun: number
  private bytes: number
  /** Until when it has run, in milliseconds since 1970. */
  private until: number
  private ended = false
  private revision: number
  private problem: RecordingProblem | null = null
  /** Resolves once all writes so far are done. */
  private written: Promise<void> = Promise.resolve()

  constructor(
    readonly beginning: Beginning,
    private readonly ask: SendRequest<WriterRequest, void>,
    private readonly observer: SessionObserver
  ) {
    const { before, since } = beginning
    const segments = before?.stored.manifest.segments ?? []
    this.entries = [...segments]
    this.plan = before === null ? emptyPlan : planAfter(segments)
    this.revision = before === null ? 0 : before.stored.revision + 1
    this.bytes = before?.bytes ?? 0
    this.until = before?.until ?? since
    this.begun = performance.now() - offsetNow(since, segments)
  }

  private get manifest(): Manifest {
    return {
      version: 1,
      startedAt: new Date(this.beginning.since).toISOString(),
      recordedUntil: new Date(this.until).toISOString(),
      segments: [...this.entries].sort((one, other) => one.offsetMs - other.offsetMs)
    }
  }

  /** Sends requests in the order of the calls. */
  private post(request: WriterRequest): void {
    const response = Effect.runPromise(Effect.either(this.ask(request)))
    this.written = this.written.then(async () => {
      const result = await response
      if (result._tag === "Right" || this.problem !== null) return
      this.problem = result.left
      this.observer.failed(result.left)
    })
  }

  /** The request that writes the manifest as it is now. */
  keepManifest(): WriterRequest {
    const revision = this.revision++
    const { recording, room } = this.beginning
    const { ended, manifest } = this
    const text = encodeStoredManifest({ revision, downloaded: false, ended, room, manifest })
    return { type: "manifest", recording, revision, text }
  }

  /** While it runs, writes the manifest with the present time and lengths, after all earlier writes. */
  readonly note: Effect.Effect<void> = Effect.gen(this, function* () {
    yield* Effect.sleep(notePause(this.entries.length))
    this.until = yield* Clock.currentTimeMillis
    this.post(this.keepManifest())
    yield* Effect.promise(() => this.written)
  }).pipe(Effect.forever)

  private report(): void {
    if (this.ended) return
    const names = [...this.recorders].filter(([, recorder]) => !recorder.empty()).map(([{ source }]) => source.name)
    this.observer.progress({ bytes: this.bytes, names: [...new Set(names)], broken: [...this.broken] })
  }

  /** The track; null if it has ended or this browser cannot record it. */
  private usable(track: MediaStreamTrack | null): MediaStreamTrack | null {
    if (track === null || track.readyState === "ended") return null
    return this.unrecordable.has(track) ? null : track
  }

  /** The source with the tracks to record now. Stalled ones are left out, except from the sound's own file. */
  private recordable(source: Source): Source {
    const [audio, video] = [this.usable(source.audio), this.usable(source.video)]
    if (source.kind === "sound") return { ...source, audio, video: null }
    return { ...source, audio: this.stalls.unlessStalled(audio), video: this.stalls.unlessStalled(video) }
  }

  /**
   * A source that brings no pictures, or no sound, goes on with the other until both are there; one that had to wait
   * for a file gets it. Checked for as long as it runs.
   */
  readonly check: Effect.Effect<void> = Effect.sync(() => {
    if (!this.ended && (this.stalls.check(this.recorders) || this.waiting)) this.setSources(this.wanted)
  }).pipe(
    // The next check may succeed, and other files go on.
    Effect.catchAllCause((cause) => Effect.logError("The files of a recording could not be checked.", cause)),
    Effect.schedule(checkSchedule),
    Effect.asVoid
  )

  setSources(sources: ReadonlyArray<Source>): void {
    if (this.ended) return
    this.wanted = sources
    this.stalls.keep(sources.flatMap(({ audio, video }) => [audio, video]).filter((track) => track !== null))
    const recordable = sources.map((source) => this.recordable(source))
    const { closed, opened, plan, waiting } = replan(this.plan, recordable, performance.now() - this.begun)
    this.plan = plan
    this.waiting = waiting
    for (const segment of closed) this.recorders.get(segment)?.stop()
    const requests = opened.flatMap((segment) => this.open(segment))
    if (requests.length > 0) this.post(this.keepManifest())
    for (const request of requests) this.post(request)
    this.report()
  }

  /** Begins to record. Returns requests to send once the manifest names the file, and before any chunk. */
  private open(segment: Segment): ReadonlyArray<WriterRequest> {
    const { source } = segment
    const index = this.entries.length
    const { recording } = this.beginning
    let entry: ManifestSegment | undefined
    const change = (part: Partial<ManifestSegment>) => {
      if (entry === undefined) return
      entry = { ...entry, ...part }
      this.entries[index] = entry
    }
    const recorder = recordSegment(source, {
      began: (mime, extension) => {
        entry = {
          file: `${segment.stem}.${extension}`,
          name: source.name,
          peer: source.id,
          kind: source.kind,
          mime,
          offsetMs: Math.round(segment.offsetMs),
          durationMs: null,
          bytes: 0,
          finished: false
        }
        this.entries.push(entry)
      },
      chunk: (chunk) => {
        if (entry === undefined) return
        this.post({ type: "append", file: entry.file, chunk })
        change({ bytes: entry.bytes + chunk.size })
        this.bytes += chunk.size
        this.stalls.flows(source)
        this.report()
      },
      trackEnded: () => this.setSources(this.wanted),
      ended: (lastedMs, asked) => {
        this.recorders.delete(segment)
        if (entry !== undefined) this.post({ type: "close", file: entry.file })
        change({ durationMs: Math.round(lastedMs) })
        if (!asked) this.mend(segment, lastedMs)
      }
    })
    if (recorder === null) this.mend(segment, 0)
    else this.recorders.set(segment, recorder)
    if (entry === undefined) return []
    const { file } = entry
    const opening: WriterRequest = { type: "open", recording, file }
    return recorder === null ? [opening, { type: "close", file }] : [opening]
  }

  /** A recorder ended by itself: the source goes on in a new file, without a track that cannot be recorded. */
  private mend(segment: Segment, lastedMs: number): void {
    const open = [...this.plan.open].filter(([, other]) => other !== segment)
    if (open.length === this.plan.open.size) return
    this.plan = { ...this.plan, open: new Map(open) }
    const { audio, name, video } = segment.source
    const culprit = video ?? audio
    if (lastedMs < quickFailureMs && culprit !== null && culprit.readyState === "live") {
      this.unrecordable.add(culprit)
      this.broken.add(name)
    }
    queueMicrotask(() => this.setSources(this.wanted))
  }

  /** Returns the names of those whose recorder does not stop in time: their last seconds are lost. */
  private async stopAll(): Promise<ReadonlyArray<string>> {
    const running = [...this.recorders]
    const late: Array<string> = []
    let done = 0
    this.observer.finishing(done, running.length)
    await Promise.all(
      running.map(async ([{ source }, recorder]) => {
        recorder.stop()
        // A recorder without a byte has nothing to lose.
        const stopped = await within(stopTimeoutMs, recorder.over)
        if (!stopped && !recorder.empty()) late.push(source.name)
        recorder.abandon()
        this.observer.finishing(++done, running.length)
      })
    )
    return [...new Set(late)]
  }

  /** Stops all recorders, and waits until everything is written or cannot be written any more. */
  readonly finish: Effect.Effect<{ readonly finished: Finished; readonly problem: RecordingProblem | null }> =
    Effect.promise(async () => {
      this.ended = true
      this.until = Date.now()
      this.wanted = []
      this.stalls.keep([])
      this.plan = { ...this.plan, open: new Map() }
      // Before anything else: if the page is closed meanwhile, its recording does not go on by itself later.
      this.post(this.keepManifest())
      const late = await this.stopAll()
      this.post(this.keepManifest())
      const everything = await within(writeTimeoutMs, this.written)
      const lost = everything ? late : this.entries.map(({ name }) => name)
      return {
        finished: { recording: this.beginning.recording, manifest: this.manifest },
        problem: this.problem ?? (lost.length === 0 ? null : new SecondsLost({ names: [...new Set(lost)] }))
      }
    })
}
