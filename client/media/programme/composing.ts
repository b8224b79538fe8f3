import { makeComposition } from "./composition.js"
import type { Pen, Still } from "./draw.js"
import { type LatestFrame, makeLatestFrame } from "./latestFrame.js"
import { programmeFrames, type Scene } from "./scene.js"

/** What the page tells its composing worker. A picture is a person's or the screen's (null), which has no frames once it is gone. */
export type ToComposer =
  | { readonly type: "open"; readonly output: WritableStream<VideoFrame> }
  | { readonly type: "scene"; readonly scene: Scene }
  | { readonly type: "picture"; readonly of: string | null; readonly frames: ReadableStream<VideoFrame> | null }

/** What the worker tells its page. */
export type FromComposer =
  /** The first picture is out: composing works in this browser. Then (`shown`), the first one of a scene. */
  | { readonly type: "out"; readonly shown: boolean }
  /** Once a second: how many pictures are out in all, and how many are not, since the machine was too slow for them. */
  | { readonly type: "counts"; readonly composed: number; readonly dropped: number }
  /** A picture could not be made. The next one is tried. */
  | { readonly type: "trouble"; readonly message: string }
  /** It composes no more. */
  | { readonly type: "broken"; readonly message: string }

export interface Output {
  /** What is drawn now, as a frame. */
  readonly take: () => VideoFrame
  /** Sends a frame on its way, and closes it. */
  readonly write: (frame: VideoFrame) => Promise<void>
}

/** So many pictures in a row that could not be made are no accident. */
const patience = programmeFrames

const messageOf = (cause: unknown) => (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause))

const stillOf = (frame: VideoFrame): Still => ({
  image: frame,
  width: frame.displayWidth,
  height: frame.displayHeight
})

/** Composes from frames: each tick makes one picture, unless the one before is still on its way. */
export const makeComposing = (pen: Pen, { take, write }: Output, say: (news: FromComposer) => void) => {
  const composition = makeComposition(pen)
  const pictures = new Map<string | null, LatestFrame<VideoFrame>>()
  let [composed, dropped, failures, ticks] = [0, 0, 0, 0]
  let [over, shown, writing] = [false, false, false]
  /** Whether a scene was shown in what was said to be out last. */
  let said: boolean | undefined

  const still = (of: string | null) => {
    const frame = pictures.get(of)?.get()
    return frame === undefined ? undefined : stillOf(frame)
  }

  const end = (cause: unknown) => {
    over = true
    say({ type: "broken", message: messageOf(cause) })
  }

  const fail = (cause: unknown) => {
    dropped++
    failures++
    if (failures === 1) say({ type: "trouble", message: messageOf(cause) })
    if (failures === patience) end(cause)
  }

  const send = async (frame: VideoFrame, ofScene: boolean) => {
    writing = true
    try {
      await write(frame)
      composed++
      if (said !== ofScene) say({ type: "out", shown: ofScene })
      said = ofScene
    } catch (cause) {
      end(cause)
    } finally {
      frame.close()
      writing = false
    }
  }

  const tick = (missed: number) => {
    if (over) return
    dropped += missed
    if (++ticks % programmeFrames === 0) say({ type: "counts", composed, dropped })
    // Else the last picture of before stood there for a moment when a camera is on again.
    for (const { camera, id } of composition.scene().people) if (!camera) pictures.get(id)?.forget()
    if (writing) {
      dropped++
      return
    }
    try {
      composition.draw(still)
      const frame = take()
      failures = 0
      void send(frame, shown)
    } catch (cause) {
      fail(cause)
    }
  }

  const follow = (of: string | null, frames: ReadableStream<VideoFrame> | null) => {
    const known = pictures.get(of)
    if (frames === null) {
      known?.close()
      pictures.delete(of)
      return
    }
    const picture = known ?? makeLatestFrame<VideoFrame>()
    pictures.set(of, picture)
    picture.follow(frames)
  }

  return {
    show: (scene: Scene) => {
      composition.show(scene)
      shown = true
    },
    follow,
    tick
  }
}
