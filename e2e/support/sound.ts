/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core"

/** The colour of the camera that belongs to this tone, as CSS writes it. */
export const colourOf = (frequency: number): string => `hsl(${frequency % 360} 40% 50%)`

/**
 * Gives a page a microphone that hums at this frequency in hertz, and a camera that shows a moving line. Runs in the
 * page, so everything that it needs is inside.
 */
export const replaceDevices = ({ colour, frequency }: { readonly colour: string; readonly frequency: number }) => {
  // The empty page that comes first has no mediaDevices.
  if (navigator.mediaDevices === undefined) return
  const sources: Array<unknown> = []
  Object.assign(globalThis, { sources })
  const microphone = () => {
    const sound = new AudioContext()
    // A real microphone needs no touch of the page; this one does, as any sound that a page makes.
    const wake = () => void sound.resume()
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, wake, { capture: true })
    const out = sound.createMediaStreamDestination()
    const tone = new OscillatorNode(sound, { frequency })
    tone.connect(new GainNode(sound, { gain: 0.5 })).connect(out)
    tone.start()
    sources.push(sound)
    return out.stream.getAudioTracks()
  }
  const camera = () => {
    const canvas = document.createElement("canvas")
    // Small and slow: browsers without a graphics card encode in software, for each connection.
    const [width, height, fps] = [640, 360, 10] as const
    Object.assign(canvas, { width, height })
    const paint = canvas.getContext("2d")
    let step = 0
    setInterval(() => {
      if (paint === null) return
      paint.fillStyle = colour
      paint.fillRect(0, 0, width, height)
      paint.fillStyle = "white"
      step = (step + 8) % width
      paint.fillRect(step, 0, 12, height)
    }, 1000 / fps)
    return canvas.captureStream(fps).getVideoTracks()
  }
  navigator.mediaDevices.getUserMedia = async (wanted = {}) =>
    new MediaStream([...(wanted.audio ? microphone() : []), ...(wanted.video ? camera() : [])])
}

/** Gives the pages of a context these devices. */
export const humming = (frequency: number) => (context: BrowserContext) =>
  context.addInitScript(replaceDevices, { colour: colourOf(frequency), frequency })

/** Gives the pages of a context a screen to share, which hums at this frequency in hertz. */
export const hummingScreen = (frequency: number) => (context: BrowserContext) =>
  context.addInitScript((frequency: number) => {
    if (navigator.mediaDevices === undefined) return
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement("canvas")
      Object.assign(canvas, { width: 1280, height: 720 })
      const paint = canvas.getContext("2d")
      let step = 0
      setInterval(() => {
        step = (step + 8) % 1280
        paint?.fillRect(step, 0, 8, 720)
      }, 50)
      const sound = new AudioContext()
      const out = sound.createMediaStreamDestination()
      const tone = new OscillatorNode(sound, { frequency })
      tone.connect(out)
      tone.start()
      return new MediaStream([...canvas.captureStream(20).getVideoTracks(), ...out.stream.getAudioTracks()])
    }
  }, frequency)

/**
 * The level of each of these frequencies in what the page receives over its newest connection, in decibels. An absent
 * tone has about -100 or less.
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

/** Gives a page a stereo microphone with noise: on the left with a low tone, on the right with a high one. */
export const rushing = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (navigator.mediaDevices === undefined) return
    const sources: Array<unknown> = []
    Object.assign(globalThis, { sources })
    const side = (sound: AudioContext, frequency: number) => {
      const samples = sound.createBuffer(1, 2 * sound.sampleRate, sound.sampleRate)
      const data = samples.getChannelData(0)
      for (let index = 0; index < data.length; index++) {
        data[index] =
          0.05 * (Math.random() - 0.5) + 0.3 * Math.sin((2 * Math.PI * frequency * index) / sound.sampleRate)
      }
      const source = new AudioBufferSourceNode(sound, { buffer: samples, loop: true })
      source.start()
      return source
    }
    navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
      if (!wanted.audio) throw new DOMException("There is no camera.", "NotFoundError")
      const sound = new AudioContext()
      const merger = new ChannelMergerNode(sound, { numberOfInputs: 2 })
      side(sound, 500).connect(merger, 0, 0)
      side(sound, 2_000).connect(merger, 0, 1)
      const out = new MediaStreamAudioDestinationNode(sound, { channelCount: 2 })
      merger.connect(out)
      sources.push(sound)
      return out.stream
    }
  })

/** The newest connection's descriptions: the version of the local one, and whether Opus is stereo in each. */
export const listened = () => {
  const { connections = [] }: { connections?: Array<RTCPeerConnection> } = Object(globalThis)
  const peer = connections.at(-1)
  const descriptions = [peer?.localDescription?.sdp ?? "", peer?.remoteDescription?.sdp ?? ""]
  return {
    version: /^o=\S+ \S+ (\d+)/m.exec(descriptions[0] ?? "")?.[1],
    stereo: descriptions.map((sdp) => /[ ;]stereo=1\b/.test(sdp) && /[ ;]sprop-stereo=1\b/.test(sdp))
  }
}

/**
 * Whether the low tone of `rushing` is only on the left of the page's first voice, and the high one only on its right.
 */
export const channels = (page: Page): Promise<ReadonlyArray<boolean>> =>
  page.evaluate(async () => {
    const stream = document.querySelector("audio")?.srcObject
    if (!(stream instanceof MediaStream)) return [false, false]
    const sound = new AudioContext()
    const splitter = new ChannelSplitterNode(sound, { numberOfOutputs: 2 })
    sound.createMediaStreamSource(stream).connect(splitter)
    const sides = [0, 1].map((output) => {
      const analyser = new AnalyserNode(sound, { fftSize: 8192, smoothingTimeConstant: 0 })
      splitter.connect(analyser, output)
      return analyser
    })
    await new Promise((resolve) => setTimeout(resolve, 400))
    const levels = sides.map((analyser) => {
      const bins = new Float32Array(analyser.frequencyBinCount)
      analyser.getFloatFrequencyData(bins)
      return [500, 2_000].map((frequency) => {
        const bin = Math.round((frequency * 8192) / sound.sampleRate)
        return Math.max(...bins.slice(bin - 2, bin + 3))
      })
    })
    await sound.close()
    const [left = [], right = []] = levels
    return [(left[0] ?? 0) > (left[1] ?? 0) + 12, (right[1] ?? 0) > (right[0] ?? 0) + 12]
  })
