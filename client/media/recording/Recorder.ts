import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { type Cell, makeCell } from "../../Cell.js"
import type { Claims } from "../../signaling/claims.js"
import { type Ask, askWorker } from "./ask.js"
import { awaitFrames } from "./awaitFrames.js"
import { claimOf } from "./keeping.js"
import { encodeKept, type Manifest, type ManifestSegment } from "./manifest.js"
import { recordedType } from "./mimes.js"
import { type RecordingProblem, RecordingUnsupported } from "./problems.js"
import { recordSegment, type SegmentRecorder } from "./segmentRecorder.js"
import { emptyPlan, type Plan, replan, type Segment, type Source } from "./segments.js"
import type { WriterQuestion } from "./writer.worker.js"

export type RecorderState =
  /** Nothing is being recorded. */
  | { readonly _tag: "Idle" }
  /** The place on the disk is being made. */
  | { readonly _tag: "Starting" }
  | {
      readonly _tag: "Recording"
      readonly recording: string
      /** Milliseconds since 1970. */
      readonly since: number
      /** Written so far, or on its way. */
      readonly bytes: number
      /** How many files grow now. */
      readonly sources: number
      /** The names of those whose camera or microphone this browser failed to record. */
      readonly broken: ReadonlyArray<string>
    }
  /** The last chunks are on their way to the disk: `done` of `of` files are closed. */
  | { readonly _tag: "Finishing"; readonly done: number; readonly of: number }
  /** It stopped by itself, or did not start. What was written until then is kept: `unsavedRecordings` has it. */
  | { readonly _tag: "Problem"; readonly problem: RecordingProblem }

/** A recording that has ended and lies in this browser, to be saved. */
export interface Finished {
  readonly recording: string
  readonly manifest: Manifest
}

/** Records every source into a file of its own, to the disk as it comes. */
export interface Recorder {
  readonly state: Cell<RecorderState>
  /** Nothing happens where it records already. What goes wrong is told by the state. */
  readonly start: (sources: ReadonlyArray<Source>) => Effect.Effect<void>
  /** To be called whenever a source comes, goes or gets another track. What changed starts a new file. */
  readonly setSources: (sources: ReadonlyArray<Source>) => void
  /** Null where nothing was being recorded. */
  readonly stop: Effect.Effect<Finished | null>
}

export interface RecorderOptions {
  readonly room: string
  /** Keeps other pages of this browser from a running recording. */
  readonly claims: Claims
}

/** A recorder that breaks sooner than this would break again: its track is left alone. */
const quickly = 2_000

/** How often files are looked at, to see whether they grow. */
const lookMs = 500

/** One recording, from its first file to its last. */
class Session {
  private plan: Plan<MediaStreamTrack> = emptyPlan
  private wanted: ReadonlyArray<Source> = []
  private readonly recorders = new Map<Segment, SegmentRecorder>()
  private readonly entries: Array<ManifestSegment> = []
  private readonly unrecordable = new WeakSet<MediaStreamTrack>()
  private readonly broken = new Set<string>()
  /** Video tracks that bring no pictures now, and how to stop waiting for them. */
  private readonly still = new Map<MediaStreamTrack, () => void>()
  private looking: ReturnType<typeof setInterval> | undefined
  private readonly begun = performance.now()
  private bytes = 0
  private finishing = false
  private revision = 0
  /** Answered once all that was asked of the disk so far is done. */
  private written: Promise<void> = Promise.resolve()

  constructor(
    readonly recording: string,
    private readonly room: string,
    private readonly since: number,
    private readonly ask: Ask<WriterQuestion, void>,
    private readonly show: (state: RecorderState) => void,
    private readonly failed: (problem: RecordingProblem) => void
  ) {}

  get manifest(): Manifest {
    return {
      version: 1,
      room: this.room,
      startedAt: new Date(this.since).toISOString(),
      segments: [...this.entries].sort((one, other) => one.offsetMs - other.offsetMs)
    }
  }

  /** Asks in the order of the calls. */
  private tell(question: WriterQuestion): void {
    const answered = Effect.runPromise(Effect.either(this.ask(question)))
    this.written = this.written.then(async () => {
      const result = await answered
      if (result._tag === "Left") this.failed(result.left)
    })
  }

  /** The question that writes the manifest as it is now. */
  keepManifest(): WriterQuestion {
    const revision = this.revision++
    const text = encodeKept({ revision, downloaded: false, manifest: this.manifest })
    return { type: "manifest", recording: this.recording, revision, text }
  }

  private report(): void {
    if (this.finishing) return
    this.show({
      _tag: "Recording",
      recording: this.recording,
      since: this.since,
      bytes: this.bytes,
      sources: this.plan.open.size,
      broken: [...this.broken]
    })
  }

  /** A track that has ended, that brings no pictures, or that this browser cannot record, is none. */
  private usable(track: MediaStreamTrack | null): MediaStreamTrack | null {
    if (track === null || track.readyState === "ended") return null
    return this.unrecordable.has(track) || this.still.has(track) ? null : track
  }

  /** A source whose pictures do not come goes on with its sound alone, until they do. */
  private look(): void {
    const stalled = [...this.recorders].filter(([, recorder]) => recorder.waitsForPictures())
    if (stalled.length === 0) return
    for (const [{ source }] of stalled) {
      const { video } = source
      if (video === null || this.still.has(video)) continue
      this.still.set(
        video,
        awaitFrames(video, () => {
          this.still.delete(video)
          this.setSources(this.wanted)
        })
      )
    }
    this.setSources(this.wanted)
  }

  /** Waits no more for the pictures of tracks that nobody wants recorded. */
  private forget(): void {
    const tracks = new Set(this.wanted.map(({ video }) => video))
    for (const [track, stop] of this.still) {
      if (tracks.has(track) && track.readyState === "live") continue
      stop()
      this.still.delete(track)
    }
  }

  setSources(sources: ReadonlyArray<Source>): void {
    if (this.finishing) return
    this.looking ??= setInterval(() => this.look(), lookMs)
    this.wanted = sources
    this.forget()
    const usable = sources.map((source) => ({
      ...source,
      audio: this.usable(source.audio),
      video: this.usable(source.video)
    }))
    const { closed, opened, plan } = replan(this.plan, usable, performance.now() - this.begun)
    this.plan = plan
    for (const segment of closed) this.recorders.get(segment)?.stop()
    for (const segment of opened) this.open(segment)
    this.report()
  }

  private open(segment: Segment): void {
    const { source } = segment
    const index = this.entries.length
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
        this.tell(this.keepManifest())
        this.tell({ type: "open", recording: this.recording, file: entry.file })
      },
      chunk: (chunk) => {
        if (entry === undefined) return
        this.tell({ type: "append", file: entry.file, chunk })
        change({ bytes: entry.bytes + chunk.size })
        this.bytes += chunk.size
        this.report()
      },
      trackEnded: () => this.setSources(this.wanted),
      ended: (lastedMs, asked) => {
        this.recorders.delete(segment)
        if (entry !== undefined) this.tell({ type: "close", file: entry.file })
        change({ durationMs: Math.round(lastedMs) })
        this.tell(this.keepManifest())
        if (!asked) this.mend(segment, lastedMs)
      }
    })
    if (recorder !== null) {
      this.recorders.set(segment, recorder)
      return
    }
    if (entry !== undefined) this.tell({ type: "close", file: entry.file })
    this.mend(segment, 0)
  }

  /** A recorder ended by itself: the source goes on in a new file, without what does not let itself be recorded. */
  private mend(segment: Segment, lastedMs: number): void {
    const open = [...this.plan.open].filter(([, one]) => one !== segment)
    if (open.length === this.plan.open.size) return
    this.plan = { ...this.plan, open: new Map(open) }
    const { audio, name, video } = segment.source
    const culprit = video ?? audio
    if (lastedMs < quickly && culprit !== null && culprit.readyState === "live") {
      this.unrecordable.add(culprit)
      this.broken.add(name)
    }
    queueMicrotask(() => this.setSources(this.wanted))
  }

  /** Stops all of them, and waits until everything is on the disk or cannot come there any more. */
  readonly finish: Effect.Effect<Finished> = Effect.promise(async () => {
    this.finishing = true
    const running = [...this.recorders.values()]
    clearInterval(this.looking)
    this.wanted = []
    this.forget()
    this.plan = { ...this.plan, open: new Map() }
    let done = 0
    const progress = () => this.show({ _tag: "Finishing", done, of: running.length })
    await Promise.all(
      running.map(async (recorder) => {
        recorder.stop()
        await recorder.over
        done++
        progress()
      })
    )
    await this.written
    return { recording: this.recording, manifest: this.manifest }
  })
}

/** Recorders of this browser: one recording at a time. Closing the scope stops it, and keeps what was recorded. */
export const makeRecorder = Effect.fn("makeRecorder")(function* ({
  claims,
  room
}: RecorderOptions): Effect.fn.Return<Recorder, never, Scope.Scope> {
  const state = makeCell<RecorderState>({ _tag: "Idle" })
  const inTurn = (yield* Effect.makeSemaphore(1)).withPermits(1)
  let current: { readonly session: Session; readonly scope: Scope.CloseableScope } | undefined
  let wanted: ReadonlyArray<Source> = []

  /** Stops what runs; `then` is what the state says afterwards. */
  const end = (then: RecorderState) =>
    Effect.suspend(() => {
      if (current === undefined) return Effect.succeed(null)
      const { scope, session } = current
      current = undefined
      return session.finish.pipe(
        Effect.ensuring(Scope.close(scope, Exit.void)),
        Effect.tap(() => Effect.sync(() => state.set(then)))
      )
    }).pipe(inTurn, Effect.uninterruptible)

  const open = Effect.gen(function* () {
    if (globalThis.MediaRecorder === undefined) return yield* new RecordingUnsupported()
    if (recordedType(false, (mime) => MediaRecorder.isTypeSupported(mime)) === undefined) {
      return yield* new RecordingUnsupported()
    }
    const recording = crypto.randomUUID()
    yield* claims.take(claimOf(recording))
    const ask = yield* askWorker<WriterQuestion, void>(
      () => new Worker(new URL("./writer.worker.ts", import.meta.url), { type: "module" })
    )
    let failing = false
    const session = new Session(
      recording,
      room,
      yield* Clock.currentTimeMillis,
      ask,
      (now) => {
        if (!failing) state.set(now)
      },
      (problem) => {
        if (failing) return
        failing = true
        Effect.runFork(end({ _tag: "Problem", problem }))
      }
    )
    // The first thing written shows whether anything can be.
    yield* ask(session.keepManifest())
    return session
  })

  const start = Effect.suspend(() => {
    if (current !== undefined) return Effect.void
    state.set({ _tag: "Starting" })
    return Effect.gen(function* () {
      const scope = yield* Scope.make()
      const opened = yield* Effect.exit(Scope.extend(open, scope))
      if (Exit.isSuccess(opened)) {
        current = { session: opened.value, scope }
        opened.value.setSources(wanted)
        return
      }
      yield* Scope.close(scope, Exit.void)
      return yield* opened
    }).pipe(Effect.catchAll((problem) => Effect.sync(() => state.set({ _tag: "Problem", problem }))))
  }).pipe(inTurn, Effect.uninterruptible)

  const stop = end({ _tag: "Idle" })
  yield* Effect.addFinalizer(() => stop)

  const setSources = (sources: ReadonlyArray<Source>) => {
    wanted = sources
    current?.session.setSources(sources)
  }

  return {
    state,
    start: (sources) =>
      Effect.sync(() => {
        wanted = sources
      }).pipe(Effect.zipRight(start)),
    setSources,
    stop
  }
})
