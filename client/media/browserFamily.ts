/** Browsers that ask for camera and microphone in the same way, and let a refusal be undone in the same place. */
export type BrowserFamily = "chromium" | "firefox" | "safari" | "ios" | "android" | "other"

/**
 * The family of a browser by its user agent text. iPads claim to be Macs; no Mac has a touch screen. All browsers
 * of iOS keep their permissions in the same place.
 */
export const browserFamily = (userAgent: string, maxTouchPoints: number): BrowserFamily => {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return "ios"
  if (/Android/.test(userAgent)) return "android"
  if (/Firefox\//.test(userAgent)) return "firefox"
  if (/Chrom(e|ium)\//.test(userAgent)) return "chromium"
  return /Safari\//.test(userAgent) ? "safari" : "other"
}
