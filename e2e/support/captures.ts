/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"

/**
 * Devices that cost little, for the pages of a context, whatever these ask for. Cameras of 640 by 360: a browser
 * without a graphics card draws, encodes and decodes each picture in software. Microphones unprocessed: nothing is
 * played here whose echo they would record.
 */
export const cheapDevices = (context: BrowserContext) =>
  context.addInitScript(() => {
    const devices = navigator.mediaDevices
    const ask = devices?.getUserMedia.bind(devices)
    if (ask === undefined) return
    const camera = { width: 640, height: 360 }
    const microphone = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    devices.getUserMedia = ({ audio, video } = {}) =>
      ask({
        ...(audio && { audio: { ...Object(audio), ...microphone } }),
        ...(video && { video: { ...Object(video), ...camera } })
      })
  })

/** Keeps the tracks that the pages of a context capture, from their next load on. */
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
