import { directionOf, initialOf, shortened } from "../nameText.js"
import type { Box } from "../tileLayout.js"
import { fitOf } from "../videoFit.js"
import type { Arrangement, Tile } from "./arrange.js"
import { makeMarks } from "./marks.js"
import { programmeSize } from "./scene.js"

/** The part of a canvas's 2D context that drawing needs, in a page or in a worker. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "arc"
  | "beginPath"
  | "direction"
  | "drawImage"
  | "fill"
  | "fillRect"
  | "fillStyle"
  | "fillText"
  | "font"
  | "lineCap"
  | "lineWidth"
  | "measureText"
  | "rect"
  | "restore"
  | "roundRect"
  | "save"
  | "scale"
  | "stroke"
  | "strokeStyle"
  | "textAlign"
  | "textBaseline"
  | "translate"
>

/** The present image of a picture, and its size in pixels as displayed. */
export interface Still {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
}

/** Returns the present picture of a person's camera, or of the screen (null). */
export type Stills = (of: string | null) => Still | undefined

/** The colours of client/styles/tokens.css in the dark scheme: style sheets do not reach a canvas. */
const colours = {
  ground: "oklch(0.178 0.014 222)",
  well: "oklch(0.245 0.018 222)",
  ink: "oklch(0.96 0.008 205)",
  veil: "oklch(0.16 0.014 222 / 0.82)",
  apricot: "oklch(0.81 0.115 60)",
  onApricot: "oklch(0.26 0.05 55)",
  speaking: "oklch(0.8 0.095 200)",
  muted: "oklch(0.755 0.135 24)"
}

/** The fonts of the pages, without the one that they load. */
const font = '"Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif'

/** In pixels. */
const radius = 12
const ringWidth = 5

/** The font size of a name in pixels: half of it is left if the programme is shown with 360 lines. */
const fontSize = ({ height }: Box) => Math.min(32, Math.max(22, Math.round(height / 18)))
const labelHeight = (box: Box) => Math.round(fontSize(box) * 1.45)

const isWhole = ({ width }: Box) => width === programmeSize.width

/** Draws pictures of the programme, each over the previous one. */
export const makePainter = (pen: Pen) => {
  const mark = makeMarks(pen)
  /** Names, shortened to fit: to measure text takes longer than to draw it, and a tile lives for many pictures. */
  const fittedNames = new WeakMap<Tile, string>()

  const fillBox = ({ height, width, x, y }: Box, colour: string) => {
    pen.fillStyle = colour
    pen.fillRect(x, y, width, height)
  }

  /** Shows the whole picture, with this colour at two of its sides. */
  const contain = ({ height, image, width }: Still, box: Box, sideColour: string) => {
    fillBox(box, sideColour)
    const scale = Math.min(box.width / width, box.height / height)
    const [wide, high] = [width * scale, height * scale]
    pen.drawImage(image, box.x + (box.width - wide) / 2, box.y + (box.height - high) / 2, wide, high)
  }

  /** Fills the box with the middle of the picture. */
  const cover = ({ height, image, width }: Still, box: Box) => {
    const scale = Math.max(box.width / width, box.height / height)
    const [wide, high] = [box.width / scale, box.height / scale]
    pen.drawImage(image, (width - wide) / 2, (height - high) / 2, wide, high, box.x, box.y, box.width, box.height)
  }

  const write = (text: string, x: number, y: number, size: number, colour: string) => {
    pen.font = `600 ${size}px ${font}`
    pen.fillStyle = colour
    pen.textBaseline = "middle"
    pen.fillText(text, x, y)
  }

  /** Without a picture: the first letter of the name, on a disc. */
  const drawInitial = (name: string, box: Box) => {
    fillBox(box, colours.well)
    const free = box.height - labelHeight(box)
    const diameter = Math.min(200, free * 0.62, box.width * 0.35)
    const [x, y] = [box.x + box.width / 2, box.y + free / 2]
    pen.fillStyle = colours.apricot
    pen.beginPath()
    pen.arc(x, y, diameter / 2, 0, 2 * Math.PI)
    pen.fill()
    pen.textAlign = "center"
    write(initialOf(name), x, y, Math.round(diameter * 0.5), colours.onApricot)
  }

  const nameOf = (tile: Tile, width: number) => {
    const known = fittedNames.get(tile)
    if (known !== undefined) return known
    const text = shortened(tile.person.name, width, (part) => pen.measureText(part).width)
    fittedNames.set(tile, text)
    return text
  }

  /** The name and whether the microphone is off, in the lower left corner. */
  const drawLabel = (tile: Tile) => {
    const { box, person } = tile
    const size = fontSize(box)
    const [pad, high] = [Math.round(size * 0.45), labelHeight(box)]
    const markWidth = person.microphone ? 0 : size + pad / 2
    pen.font = `600 ${size}px ${font}`
    pen.direction = directionOf(person.name)
    const text = nameOf(tile, box.width - 2 * pad - markWidth)
    const y = box.y + box.height - high
    fillBox({ x: box.x, y, width: 2 * pad + markWidth + pen.measureText(text).width, height: high }, colours.veil)
    pen.textAlign = "left"
    write(text, box.x + pad + markWidth, y + high / 2, size, colours.ink)
    if (!person.microphone) mark("muted", box.x + pad, y + (high - size) / 2, size, colours.muted)
  }

  const drawHand = (box: Box) => {
    const size = fontSize(box)
    const [x, y] = [box.x + size * 1.1, box.y + size * 1.1]
    pen.fillStyle = colours.apricot
    pen.beginPath()
    pen.arc(x, y, size * 0.85, 0, 2 * Math.PI)
    pen.fill()
    mark("hand", x - size / 2, y - size / 2, size, colours.onApricot)
  }

  const drawPerson = (tile: Tile, stills: Stills) => {
    const { box, person } = tile
    const still = person.camera ? stills(person.id) : undefined
    if (still === undefined) drawInitial(person.name, box)
    else if (fitOf(still, box) === "cover") cover(still, box)
    else contain(still, box, colours.well)
    drawLabel(tile)
    if (person.hand) drawHand(box)
  }

  const drawScreen = (box: Box, stills: Stills) => {
    const still = stills(null)
    if (still === undefined) fillBox(box, colours.well)
    else contain(still, box, colours.ground)
  }

  const drawMore = ({ box, count }: { readonly box: Box; readonly count: number }) => {
    fillBox(box, colours.well)
    pen.textAlign = "center"
    pen.direction = "ltr"
    write(`+${count}`, box.x + box.width / 2, box.y + box.height / 2, Math.round(fontSize(box) * 1.5), colours.ink)
  }

  /** Covers everything around the tiles, which so get round corners without a clip for each. */
  const drawMat = (tileBoxes: ReadonlyArray<Box>, screen: Box | null) => {
    pen.fillStyle = colours.ground
    pen.beginPath()
    pen.rect(0, 0, programmeSize.width, programmeSize.height)
    if (screen !== null) pen.rect(screen.x, screen.y, screen.width, screen.height)
    for (const box of tileBoxes) pen.roundRect(box.x, box.y, box.width, box.height, isWhole(box) ? 0 : radius)
    pen.fill("evenodd")
  }

  const drawRing = (box: Box) => {
    const halfRing = ringWidth / 2
    pen.strokeStyle = colours.speaking
    pen.lineWidth = ringWidth
    pen.beginPath()
    pen.roundRect(
      box.x + halfRing,
      box.y + halfRing,
      box.width - ringWidth,
      box.height - ringWidth,
      isWhole(box) ? 0 : radius - halfRing
    )
    pen.stroke()
  }

  return ({ more, screen, tiles }: Arrangement, stills: Stills) => {
    if (screen !== null) drawScreen(screen, stills)
    for (const tile of tiles) drawPerson(tile, stills)
    if (more !== null) drawMore(more)
    drawMat([...tiles.map(({ box }) => box), ...(more === null ? [] : [more.box])], screen)
    for (const { box, person } of tiles) if (person.speaking) drawRing(box)
  }
}
