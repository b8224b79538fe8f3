/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"

/**
 * Cameras of 640 by 360 for the pages of a context, whatever these ask for: a browser without a graphics card draws,
 * encodes and decodes each picture for itself.
 */
export const smallCameras = (context: BrowserContext) =>
  context.addInitScript(() => {
    const devices = navigator.mediaDevices
    const ask = devices?.getUserMedia.bind(devices)
    if (ask === undefined) return
    devices.getUserMedia = (wanted = {}) =>
      ask(
        typeof wanted.video === "object" ? { ...wanted, video: { ...wanted.video, width: 640, height: 360 } } : wanted
      )
  })

/** Keeps what the pages of a context capture, from their next load on. */
export const keepCaptures = (context: BrowserContext) =>
  context.addInitScript(() => {
    const captured: Array<MediaStreamTrack> = []
    Object.assign(globalThis, { captured })
    const devices = navigator.mediaDevices
    const ask = devices?.getUserMedia.bind(devices)
    if (ask === undefined) return
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      captured.push(...stream.getTracks())
      return stream
    }
  })

/** What the page captures now: `audio`, `video`, or `muted audio`. */
export const capturing = (page: Page) =>
  page.evaluate(() => {
    const { captured = [] }: { captured?: Array<MediaStreamTrack> } = Object(globalThis)
    return captured
      .filter(({ readyState }) => readyState === "live")
      .map(({ enabled, kind }) => (enabled ? kind : `muted ${kind}`))
  })
