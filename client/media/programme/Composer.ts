/**
 * The programme is one picture that is composed of all cameras and the shared screen. How the files of this folder work
 * together, from what the host's page opens to what draws:
 * 1. openComposer.ts picks one of two composers, both of the interface below.
 * 2. workerComposer.ts composes in a worker (composer.worker.ts), or else canvasComposer.ts in the page.
 * 3. composeLoop.ts runs in either: each tick of a clock, or every other one, makes one frame, and so does a scene between
 *    two that moves people.
 * 4. sceneSwitcher.ts decides which scene the frame shows: the present one, or the next one once its pictures are there.
 * 5. arrange.ts computes where everything is placed in that scene, and draw.ts paints it.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Observable } from "../../browser/Observable.js"
import type { Scene } from "./scene.js"

/** The pictures that a composer draws from. A person who is not in it has none. */
export interface Pictures {
  /** By person. */
  readonly cameras: ReadonlyMap<string, MediaStreamTrack>
  readonly screen: MediaStreamTrack | null
}

/** The composer stopped working, or never worked. `message` is for a log. */
export class ComposerBroken extends Data.TaggedError("ComposerBroken")<{ readonly message: string }> {}

/** Tries what a browser may refuse. */
export const attempt = <A>(work: () => A): Effect.Effect<A, ComposerBroken> =>
  Effect.try({ try: work, catch: (cause) => new ComposerBroken({ message: String(cause) }) })

/** Pictures since the composer was opened: those that were sent, and those that were dropped by a slow machine. */
export interface FrameCounts {
  readonly composed: number
  readonly dropped: number
}

/** Composes one picture of many. */
export interface Composer {
  /** Of `programmeSize`, at `programmeFrames` a second, or half of them. It ends with the composer. */
  readonly track: MediaStreamTrack
  /** Done once a frame of the first scene is sent. */
  readonly ready: Effect.Effect<void>
  /** Fails once the composer stops working, else never ends. Close it then, and open another. */
  readonly broken: Effect.Effect<never, ComposerBroken>
  /** The scene of the picture that is sent now: the last shown one whose pictures have come. */
  readonly scene: Observable<Scene | null>
  /** Counted once a second. */
  readonly counts: Observable<FrameCounts>
  /** Makes half as many frames a second, for a machine that has no time for more. */
  readonly setHalfRate: (on: boolean) => void
  /**
   * Shows this scene once the pictures that it brings in are there, or after about a quarter of a second: at once if it
   * moves people, else with the next frame.
   */
  readonly show: (scene: Scene) => void
  /** To be called with all pictures whenever one comes, goes or becomes another track. Tracks stay their owners'. */
  readonly setPictures: (pictures: Pictures) => void
}

/** Opens a composer, which works until its scope closes. Fails if none works in this browser. */
export type OpenComposer = Effect.Effect<Composer, ComposerBroken, Scope.Scope>
