/** Composes the programme: see composing.ts. In a worker, since browsers slow down what pages in hidden tabs do. */
import { type FromComposer, makeComposing, type ToComposer } from "./composing.js"
import { everyFrame } from "./frameClock.js"
import { programmeFrames, programmeSize } from "./scene.js"

const say = (news: FromComposer) => self.postMessage(news)

const open = (output: WritableStream<VideoFrame>) => {
  const canvas = new OffscreenCanvas(programmeSize.width, programmeSize.height)
  const pen = canvas.getContext("2d", { alpha: false })
  if (pen === null) throw new Error("A canvas in this worker has no 2D context.")
  const writer = output.getWriter()
  const composing = makeComposing(
    pen,
    {
      take: () => new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) }),
      write: (frame) => writer.write(frame)
    },
    say
  )
  everyFrame(programmeFrames, composing.tick)
  return composing
}

let composing: ReturnType<typeof open> | undefined

self.addEventListener("message", ({ data }: MessageEvent<ToComposer>) => {
  switch (data.type) {
    case "open":
      composing = open(data.output)
      return
    case "scene":
      return composing?.show(data.scene)
    case "picture":
      return composing?.follow(data.of, data.frames)
  }
})
