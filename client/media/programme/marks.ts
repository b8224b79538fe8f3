import type { Pen } from "./draw.js"

/**
 * Icons of 24 by 24 units, in thick lines on filled shapes: those of the pages are thin lines, which a compressed video
 * of 360 lines loses. As paths, since a font may lack them.
 */
const paths = {
  muted: {
    filled: "M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0Z",
    lines: "M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5M3.5 3l17 17.5"
  },
  hand: {
    filled: "M7 11h11.5v4a6 6 0 0 1-6 6H12a6 6 0 0 1-5-2.7L3.6 13.4l2-1L7 13.5Z",
    lines: "M8.2 12V6.2M11.4 11V4M14.6 11V5M17.6 12V7.5"
  }
}

/** Returns a function that draws a mark: `size` pixels high, with its upper left corner at (`x`, `y`). */
export const makeMarks = (pen: Pen) => {
  const marks = {
    muted: { filled: new Path2D(paths.muted.filled), lines: new Path2D(paths.muted.lines) },
    hand: { filled: new Path2D(paths.hand.filled), lines: new Path2D(paths.hand.lines) }
  }
  return (name: keyof typeof paths, x: number, y: number, size: number, colour: string) => {
    const { filled, lines } = marks[name]
    pen.save()
    pen.translate(x, y)
    pen.scale(size / 24, size / 24)
    pen.fillStyle = colour
    pen.strokeStyle = colour
    pen.lineWidth = 2.4
    pen.lineCap = "round"
    pen.fill(filled)
    pen.stroke(lines)
    pen.restore()
  }
}
