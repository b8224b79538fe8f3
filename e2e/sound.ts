/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"

/** Gives a page a microphone that hums at this frequency in hertz, and a camera that shows a moving line. */
export const humming = (frequency: number) => (context: BrowserContext) =>
  context.addInitScript((frequency: number) => {
    // An empty page has none.
    if (navigator.mediaDevices === undefined) return
    const sources: Array<unknown> = []
    Object.assign(globalThis, { sources })
    const microphone = () => {
      const sound = new AudioContext()
      const out = sound.createMediaStreamDestination()
      const tone = new OscillatorNode(sound, { frequency })
      tone.connect(new GainNode(sound, { gain: 0.5 })).connect(out)
      tone.start()
      sources.push(sound)
      return out.stream.getAudioTracks()
    }
    const camera = () => {
      const canvas = document.createElement("canvas")
      canvas.width = 1280
      canvas.height = 720
      const paint = canvas.getContext("2d")
      let step = 0
      setInterval(() => {
        if (paint === null) return
        paint.fillStyle = `hsl(${frequency % 360} 40% 50%)`
        paint.fillRect(0, 0, 1280, 720)
        paint.fillStyle = "white"
        step = (step + 8) % 1280
        paint.fillRect(step, 0, 24, 720)
      }, 50)
      return canvas.captureStream(20).getVideoTracks()
    }
    navigator.mediaDevices.getUserMedia = async (wanted = {}) =>
      new MediaStream([...(wanted.audio ? microphone() : []), ...(wanted.video ? camera() : [])])
  }, frequency)

/**
 * How loud each of these frequencies is in what the page receives from its newest connection, in decibels. What is not
 * there is some -100 or less.
 */
export const heard = (page: Page, frequencies: ReadonlyArray<number>): Promise<ReadonlyArray<number>> =>
  page.evaluate(async (frequencies: ReadonlyArray<number>) => {
    const { connections = [], listening }: { connections?: Array<RTCPeerConnection>; listening?: AnalyserNode } =
      Object(globalThis)
    let analyser = listening
    if (analyser === undefined) {
      const receiver = connections
        .at(-1)
        ?.getReceivers()
        .find(({ track }) => track.kind === "audio")
      if (receiver === undefined) return frequencies.map(() => -200)
      const sound = new AudioContext()
      analyser = new AnalyserNode(sound, { fftSize: 8192, smoothingTimeConstant: 0 })
      sound.createMediaStreamSource(new MediaStream([receiver.track])).connect(analyser)
      Object.assign(globalThis, { listening: analyser })
    }
    const bins = new Float32Array(analyser.frequencyBinCount)
    const { sampleRate } = analyser.context
    const loudest = frequencies.map(() => -200)
    for (let look = 0; look < 5; look++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      analyser.getFloatFrequencyData(bins)
      for (const [index, frequency] of frequencies.entries()) {
        const bin = Math.round((frequency * 8192) / sampleRate)
        const near = Math.max(...bins.slice(bin - 2, bin + 3))
        loudest[index] = Math.max(loudest[index] ?? -200, near)
      }
    }
    return loudest
  }, frequencies)
