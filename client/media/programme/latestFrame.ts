/** The part of a `VideoFrame` that matters here. Frames hold memory, often a camera's own, until they are closed. */
type Closable = Pick<VideoFrame, "close">

/**
 * Time between two frames that are taken of an unseen picture. The browser drops those in between before they reach a
 * script: of 50 cameras half fit into the picture, and each frame costs something.
 */
const unseenIntervalMs = 1_000

/** An older frame does not show how somebody looks now. */
const maxAgeMs = 2 * unseenIntervalMs

/** Keeps the newest frame of a picture, and closes every other. */
export interface LatestFrame<Frame> {
  readonly get: () => Frame | undefined
  /**
   * Takes frames from this stream from now on, which keeps only the newest for a slow reader. The previous stream's
   * last frame stays until the first of these comes.
   */
  readonly follow: (frames: ReadableStream<Frame>) => void
  /** Whether the picture is seen; at first it is. Unseen, it takes one frame a second, to have one when it is seen. */
  readonly setSeen: (seen: boolean) => void
  /** Drops the frame: there is none until the next one comes. */
  readonly forget: () => void
  /** Drops the frame, and takes no more. */
  readonly close: () => void
}

export const makeLatestFrame = <Frame extends Closable>(): LatestFrame<Frame> => {
  let latest: Frame | undefined
  let cameAt = 0
  let reader: ReadableStreamDefaultReader<Frame> | undefined
  let seen = true
  /** Ends the pause before the next frame. */
  let wake = () => {}

  const keep = (frame: Frame | undefined) => {
    latest?.close()
    latest = frame
    cameAt = performance.now()
  }
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, unseenIntervalMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  /** A stream that ends, or fails with its track, brings no more: its last frame stays. */
  const read = async (ownReader: ReadableStreamDefaultReader<Frame>): Promise<void> => {
    for (;;) {
      const { done, value } = await ownReader.read()
      if (done) return
      if (ownReader !== reader) value.close()
      else {
        keep(value)
        if (!seen) await pause()
      }
    }
  }
  const stopReading = () => {
    void reader?.cancel().catch(() => undefined)
    reader = undefined
    wake()
  }
  return {
    get: () => latest,
    follow: (frames) => {
      stopReading()
      reader = frames.getReader()
      void read(reader).catch(() => undefined)
    },
    setSeen: (now) => {
      if (now && !seen && performance.now() - cameAt > maxAgeMs) keep(undefined)
      seen = now
      if (seen) wake()
    },
    forget: () => keep(undefined),
    close: () => {
      stopReading()
      keep(undefined)
    }
  }
}
