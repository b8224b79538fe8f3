interface Sides {
  readonly width: number
  readonly height: number
}

/**
 * The shares of a picture's width and height that must stay visible when it fills its tile. At the sides there is
 * mostly a wall; what is cut off above is soon a head.
 */
const minVisibleWidth = 0.7
const minVisibleHeight = 0.88

/**
 * How a picture is fitted into its tile, as CSS's `object-fit`. `cover` fills it and cuts off what does not fit: for
 * pictures that are wide, in tiles of nearly the same shape. `contain` shows all of it: an upright picture that is cut
 * loses a head.
 */
export type Fit = "contain" | "cover"

/** How this picture is fitted into a tile of this size. */
export const fitOf = (picture: Sides, tile: Sides): Fit => {
  if (picture.width <= 0 || picture.height <= 0 || tile.width <= 0 || tile.height <= 0) return "cover"
  if (picture.height > picture.width) return "contain"
  const wider = picture.width / picture.height / (tile.width / tile.height)
  return wider >= 1 ? coverIf(1 / wider >= minVisibleWidth) : coverIf(wider >= minVisibleHeight)
}

const coverIf = (enough: boolean): Fit => (enough ? "cover" : "contain")
