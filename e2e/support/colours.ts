/// <reference lib="dom" />
import type { Page } from "playwright-core"

/** How far a red, a green or a blue may be off, of 255: cameras' pictures are compressed. */
const tolerance = 30

/**
 * How much of a picture has this colour (as CSS writes it), 0 to 1. `image` is a PNG in base64; the page of a browser
 * decodes it.
 */
export const shareOf = (page: Page, image: string, colour: string): Promise<number> =>
  page.evaluate(
    async ({ colour, image, tolerance }) => {
      const bytes = Uint8Array.from(atob(image), (sign) => sign.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const pen = canvas.getContext("2d")
      if (pen === null) throw new Error("This browser draws nothing.")
      pen.fillStyle = colour
      pen.fillRect(0, 0, 1, 1)
      const wanted = pen.getImageData(0, 0, 1, 1).data
      pen.drawImage(bitmap, 0, 0)
      const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height)
      let alike = 0
      for (let at = 0; at < data.length; at += 4) {
        const off = [0, 1, 2].map((of) => Math.abs((data[at + of] ?? 0) - (wanted[of] ?? 0)))
        if (Math.max(...off) <= tolerance) alike++
      }
      return alike / (data.length / 4)
    },
    { colour, image, tolerance }
  )
