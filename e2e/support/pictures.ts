/// <reference lib="dom" />
import type { Locator } from "playwright-core"
import type { Box } from "../../client/media/tileLayout.js"

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number]

/** A colour as CSS writes it. */
export const colourIn = (video: Locator, css: string): Promise<Colour> =>
  video.evaluate((_, css): [number, number, number] => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d")
    if (pen === null) throw new Error("This browser draws nothing.")
    pen.fillStyle = css
    pen.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data
    return [red, green, blue]
  }, css)

/** The median colour of the middle of each of these boxes, in a video's decoded picture. */
export const coloursOf = (video: Locator, boxes: ReadonlyArray<Box>): Promise<ReadonlyArray<Colour>> =>
  video.evaluate((video: HTMLVideoElement, boxes) => {
    const pen = new OffscreenCanvas(video.videoWidth || 1, video.videoHeight || 1).getContext("2d")
    if (pen === null) throw new Error("This browser draws nothing.")
    pen.drawImage(video, 0, 0)
    // Boxes are in the programme's pixels; the received picture may be smaller.
    const scale = video.videoWidth / 1280
    return boxes.map(({ height, width, x, y }): [number, number, number] => {
      const { data } = pen.getImageData(
        Math.round((x + width * 0.3) * scale),
        Math.round((y + height * 0.3) * scale),
        Math.max(1, Math.round(width * 0.4 * scale)),
        Math.max(1, Math.round(height * 0.4 * scale))
      )
      /** The median of one of the three components. */
      const of = (offset: number) => {
        const values = Array.from({ length: data.length / 4 }, (_, pixel) => data[pixel * 4 + offset] ?? 0)
        return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
      }
      return [of(0), of(1), of(2)]
    })
  }, boxes)

/** The difference of two colours: the greatest of red, green and blue. */
export const apart = (one: Colour, other: Colour): number =>
  Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))))

/** Counts the frames of a video that are black all over, from now on. */
export const watchBlack = async (video: Locator): Promise<() => Promise<number>> => {
  const seen = await video.evaluateHandle((video: HTMLVideoElement) => {
    const seen = { black: 0 }
    const pen = new OffscreenCanvas(16, 9).getContext("2d", { willReadFrequently: true })
    const check = () => {
      if (pen === null) return
      video.requestVideoFrameCallback(check)
      pen.drawImage(video, 0, 0, 16, 9)
      const { data } = pen.getImageData(0, 0, 16, 9)
      if (Math.max(...data.filter((_, index) => index % 4 !== 3)) < 24) seen.black++
    }
    video.requestVideoFrameCallback(check)
    return seen
  })
  return async () => (await seen.jsonValue()).black
}
