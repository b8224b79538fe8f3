/** The part of a `VideoFrame` that matters here. Frames hold memory, often a camera's own, until they are closed. */
type Closable = Pick<VideoFrame, "close">

/**
 * How long after one frame of a picture that is not seen the next is taken, in milliseconds. The browser drops those
 * between before they reach a script: of 50 cameras half fit into the picture, and each frame costs something.
 */
const rests = 1_000

/** A frame that came longer ago than this, in milliseconds, does not show how somebody looks now. */
const fresh = 2 * rests

/** Keeps the newest frame of a picture, and closes every other. */
export interface LatestFrame<Frame> {
  readonly get: () => Frame | undefined
  /**
   * Takes frames from here from now on, of a stream that keeps the newest alone for who is slow. The last one of before
   * stands until the first of these comes.
   */
  readonly follow: (frames: ReadableStream<Frame>) => void
  /** Whether anybody sees it, as at first: else one frame a second is taken, so that there is one when it is to be seen. */
  readonly setSeen: (seen: boolean) => void
  /** Nothing is to be seen until the next frame comes. */
  readonly forget: () => void
  /** Nothing follows. */
  readonly close: () => void
}

export const makeLatestFrame = <Frame extends Closable>(): LatestFrame<Frame> => {
  let latest: Frame | undefined
  let cameAt = 0
  let reader: ReadableStreamDefaultReader<Frame> | undefined
  let seen = true
  /** Has the next frame taken now. */
  let wake = () => {}

  const keep = (frame: Frame | undefined) => {
    latest?.close()
    latest = frame
    cameAt = performance.now()
  }
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rests)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  /** A stream that ends, or fails with its track, brings no more: its last frame stands. */
  const read = async (own: ReadableStreamDefaultReader<Frame>): Promise<void> => {
    for (;;) {
      const { done, value } = await own.read()
      if (done) return
      if (own !== reader) value.close()
      else {
        keep(value)
        if (!seen) await rest()
      }
    }
  }
  const leave = () => {
    void reader?.cancel().catch(() => undefined)
    reader = undefined
    wake()
  }
  return {
    get: () => latest,
    follow: (frames) => {
      leave()
      reader = frames.getReader()
      void read(reader).catch(() => undefined)
    },
    setSeen: (now) => {
      if (now && !seen && performance.now() - cameAt > fresh) keep(undefined)
      seen = now
      if (seen) wake()
    },
    forget: () => keep(undefined),
    close: () => {
      leave()
      keep(undefined)
    }
  }
}
