import type { ComposerEvent } from "./composerEvents.js"
import type { Pen, Stills } from "./draw.js"
import { programmeFrames, type Scene } from "./scene.js"
import { makeSceneSwitcher } from "./sceneSwitcher.js"

/** What is composed, and where it goes. */
export interface ComposeLoopOptions {
  readonly pen: Pen
  readonly stills: Stills
  /** Sends what is drawn now on its way. */
  readonly send: () => Promise<void>
  readonly emit: (event: ComposerEvent) => void
}

/** So many pictures in a row that could not be made are no accident. */
const patience = programmeFrames

/**
 * A picture that is on its way for so many ticks, 5 seconds, never arrives. Ticks are counted and not time, of which a
 * machine that slept has lost some.
 */
const stuckAfter = 5 * programmeFrames

const messageOf = (cause: unknown) => (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause))

/**
 * Composes: each tick makes one picture, unless the one before is still on its way, and the first scene that comes after
 * it another. More scenes, as of ten guests who raise and lower their hands without end, make no more pictures.
 */
export const makeComposeLoop = ({ pen, emit, send, stills }: ComposeLoopOptions) => {
  const sceneSwitcher = makeSceneSwitcher(pen)
  let [composed, dropped, failures, ticks, waited] = [0, 0, 0, 0, 0]
  let [over, sending] = [false, false]
  /** A scene was shown at once since the last tick. */
  let early = false
  /** The tick at which trouble was said last. */
  let troubled = Number.NEGATIVE_INFINITY
  /** The scene that was said to be out last. */
  let said: Scene | null | undefined

  const giveUp = (message: string) => {
    over = true
    emit({ type: "broken", message })
  }
  const fail = (cause: unknown) => {
    dropped++
    failures++
    const message = messageOf(cause)
    // Once a second at most: where every other picture fails, that is enough to know.
    if (failures === 1 && ticks - troubled >= programmeFrames) {
      troubled = ticks
      emit({ type: "trouble", message })
    }
    if (failures >= patience) giveUp(message)
  }

  const compose = async (draw: (stills: Stills) => Scene | null) => {
    sending = true
    waited = 0
    try {
      const scene = draw(stills)
      await send()
      composed++
      failures = 0
      if (said !== scene) emit({ type: "out", scene })
      said = scene
    } catch (cause) {
      fail(cause)
    } finally {
      sending = false
    }
  }

  return {
    /** Shows this scene at once where all that it takes is there, unless one was since the last tick; else at the next. */
    show: (scene: Scene) => {
      if (!sceneSwitcher.show(scene, stills) || early || sending || over) return
      early = true
      void compose(sceneSwitcher.drawEarly)
    },
    /** `missed`: pictures that should have been made since the last tick. */
    tick: (missed: number) => {
      if (over) return
      early = false
      dropped += missed
      if (++ticks % programmeFrames === 0) emit({ type: "counts", composed, dropped })
      if (!sending) return void compose(sceneSwitcher.draw)
      dropped++
      if (++waited >= stuckAfter) giveUp("No picture was taken for 5 seconds.")
    }
  }
}
