import type { ComposerEvent } from "./composerEvents.js"
import type { Pen, Stills } from "./draw.js"
import { programmeFrames, type Scene } from "./scene.js"
import { makeSceneSwitcher } from "./sceneSwitcher.js"

/** What is composed, and where it goes. */
export interface ComposeLoopOptions {
  readonly pen: Pen
  readonly stills: Stills
  /** Sends what is drawn now. */
  readonly send: () => Promise<void>
  readonly emit: (event: ComposerEvent) => void
}

/** After this many failed pictures in a row the composer gives up. */
const maxFailures = programmeFrames

/**
 * A picture that is on its way for this many ticks, 5 seconds, never arrives. Ticks are counted, not time, since the
 * machine may have slept meanwhile.
 */
const stuckAfterTicks = 5 * programmeFrames

const messageOf = (cause: unknown) => (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause))

/**
 * Composes: each tick, or every other one, makes one picture, unless the previous one is still on its way, and so does
 * the first scene after a tick that moves people. Further scenes, as of ten guests who turn their cameras on and off
 * without end, make no more pictures.
 */
export const makeComposeLoop = ({ pen, emit, send, stills }: ComposeLoopOptions) => {
  const sceneSwitcher = makeSceneSwitcher(pen)
  let [composed, dropped, failures, ticks, waitedTicks] = [0, 0, 0, 0, 0]
  /** Ticks, and those that were missed. */
  let beats = 0
  let [isOver, sending] = [false, false]
  /** After this many beats a picture is due. */
  let beatsPerPicture = 1
  /** A scene was shown at once since the last tick. */
  let shownEarly = false
  /** The tick at which trouble was reported last. */
  let troubleTick = Number.NEGATIVE_INFINITY
  /** The scene that was reported last. */
  let reported: Scene | null | undefined

  const giveUp = (message: string) => {
    isOver = true
    emit({ type: "broken", message })
  }
  const fail = (cause: unknown) => {
    dropped++
    failures++
    const message = messageOf(cause)
    // Once a second at most: that is enough if every other picture fails.
    if (failures === 1 && ticks - troubleTick >= programmeFrames) {
      troubleTick = ticks
      emit({ type: "trouble", message })
    }
    if (failures >= maxFailures) giveUp(message)
  }

  const compose = async (draw: (stills: Stills) => Scene | null) => {
    sending = true
    waitedTicks = 0
    try {
      const scene = draw(stills)
      await send()
      composed++
      failures = 0
      if (reported !== scene) emit({ type: "out", scene })
      reported = scene
    } catch (cause) {
      fail(cause)
    } finally {
      sending = false
    }
  }

  return {
    /**
     * Shows this scene at once if it moves people, its pictures are there and no other was shown so since the last tick;
     * else with the next picture that is due.
     */
    show: (scene: Scene) => {
      if (!sceneSwitcher.show(scene, stills) || shownEarly || sending || isOver) return
      shownEarly = true
      void compose(sceneSwitcher.drawEarly)
    },
    /** Makes a picture at every other tick only. */
    setHalfRate: (on: boolean) => {
      beatsPerPicture = on ? 2 : 1
    },
    /** `missed`: ticks that should have come since the last one. */
    tick: (missed: number) => {
      if (isOver) return
      shownEarly = false
      const duePictures = () => Math.floor(beats / beatsPerPicture)
      const dueBefore = duePictures()
      beats += 1 + missed
      const due = duePictures() - dueBefore
      dropped += Math.max(0, due - 1)
      if (++ticks % programmeFrames === 0) emit({ type: "counts", composed, dropped })
      if (!sending) return due > 0 ? void compose((stills) => sceneSwitcher.draw(stills, beatsPerPicture)) : undefined
      if (due > 0) dropped++
      if (++waitedTicks >= stuckAfterTicks) giveUp("No picture was taken for 5 seconds.")
    }
  }
}
