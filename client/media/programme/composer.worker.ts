/** Composes the programme for workerComposer.ts. In a worker, since browsers slow down hidden pages. */

import { everyBeat } from "../beats.js"
import { makeComposeLoop } from "./composeLoop.js"
import type { ComposerEvent } from "./composerEvents.js"
import { makeFramePictures } from "./framePictures.js"
import { programmeFrames, programmeSize, type Scene } from "./scene.js"

export type ToComposer =
  /** Comes first: where composed frames go. */
  | { readonly type: "open"; readonly output: WritableStream<VideoFrame> }
  | { readonly type: "scene"; readonly scene: Scene }
  | { readonly type: "half-rate"; readonly on: boolean }
  /** The frames of a person's picture, or of the screen's (`of` null). `frames` null: it is gone. */
  | { readonly type: "picture"; readonly of: string | null; readonly frames: ReadableStream<VideoFrame> | null }

const pictures = makeFramePictures()

const open = (output: WritableStream<VideoFrame>) => {
  const canvas = new OffscreenCanvas(programmeSize.width, programmeSize.height)
  const pen = canvas.getContext("2d", { alpha: false })
  if (pen === null) throw new Error("A canvas in this worker has no 2D context.")
  const writer = output.getWriter()
  const send = async () => {
    const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) })
    try {
      await writer.write(frame)
    } finally {
      frame.close()
    }
  }
  const emit = (event: ComposerEvent) => self.postMessage(event)
  const composeLoop = makeComposeLoop({ pen, stills: pictures.still, send, emit })
  everyBeat(programmeFrames, (missed) => {
    pictures.forgetOff()
    composeLoop.tick(missed)
  })
  return composeLoop
}

let composeLoop: ReturnType<typeof open> | undefined

self.addEventListener("message", ({ data }: MessageEvent<ToComposer>) => {
  switch (data.type) {
    case "open":
      composeLoop = open(data.output)
      return
    case "scene":
      pictures.show(data.scene)
      return composeLoop?.show(data.scene)
    case "half-rate":
      return composeLoop?.setHalfRate(data.on)
    case "picture":
      return pictures.follow(data.of, data.frames)
  }
})
