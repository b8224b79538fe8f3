/** The part of a `VideoFrame` that matters here. Frames hold memory, often a camera's own, until they are closed. */
type Closable = Pick<VideoFrame, "close">

/** Keeps the newest frame of a picture, and closes every other. */
export interface LatestFrame<Frame> {
  readonly get: () => Frame | undefined
  /** Takes frames from here from now on. The last one of before stands until the first of these comes. */
  readonly follow: (frames: ReadableStream<Frame>) => void
  /** Nothing is to be seen until the next frame comes. */
  readonly forget: () => void
  /** Nothing follows. */
  readonly close: () => void
}

export const makeLatestFrame = <Frame extends Closable>(): LatestFrame<Frame> => {
  let latest: Frame | undefined
  let reader: ReadableStreamDefaultReader<Frame> | undefined

  const keep = (frame: Frame | undefined) => {
    latest?.close()
    latest = frame
  }
  /** A stream that ends, or fails with its track, brings no more: its last frame stands. */
  const read = async (own: ReadableStreamDefaultReader<Frame>): Promise<void> => {
    for (;;) {
      const { done, value } = await own.read()
      if (done) return
      if (own === reader) keep(value)
      else value.close()
    }
  }
  const leave = () => {
    void reader?.cancel().catch(() => undefined)
    reader = undefined
  }
  return {
    get: () => latest,
    follow: (frames) => {
      leave()
      reader = frames.getReader()
      void read(reader).catch(() => undefined)
    },
    forget: () => keep(undefined),
    close: () => {
      leave()
      keep(undefined)
    }
  }
}
