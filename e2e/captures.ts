/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"

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
