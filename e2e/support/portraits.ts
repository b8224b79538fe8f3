/// <reference lib="dom" />
import type { BrowserContext } from "playwright-core"

/** A clock in a picture: bars from left to right in rows. Position and size are shares of the picture's. */
export interface ClockFace {
  readonly columns: number
  readonly rows: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Portrait {
  readonly name: string
  readonly width: number
  readonly height: number
  /** The camera's frames a second. */
  readonly fps: number
  /** Each frame shows when it was drawn. */
  readonly clock?: ClockFace
}

/** Runs in the page, so everything that it needs is inside. */
const replaceDevices = ({ clock, fps, height, name, width }: Portrait) => {
  // A slide stands still, and is large.
  const screenFps = 2
  // The empty page that comes first has no mediaDevices.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) return
  // FNV-1a: similar names get different faces.
  const seed = [...name].reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0
  const of = <A>(choices: ReadonlyArray<A>, salt: number) => choices[(seed >>> salt) % choices.length]
  const hue = seed % 360
  const skin = of(["#f1c9a5", "#dfa878", "#b67a4e", "#8a5a3b", "#f5d5bd"], 3)
  const hair = of(["#2b211c", "#5a3a22", "#a8753a", "#8d8d92", "#6b2f22"], 9)
  const long = of([true, false], 5)
  const phase = seed % 7

  const draw = (pen: CanvasRenderingContext2D, seconds: number) => {
    const ellipse = (x: number, y: number, across: number, down: number, colour = "") => {
      pen.fillStyle = colour
      pen.beginPath()
      pen.ellipse(x, y, across, down, 0, 0, Math.PI * 2)
      pen.fill()
    }
    const wall = pen.createLinearGradient(0, 0, width, height)
    wall.addColorStop(0, `hsl(${hue} 32% 72%)`)
    wall.addColorStop(1, `hsl(${(hue + 40) % 360} 30% 46%)`)
    pen.fillStyle = wall
    pen.fillRect(0, 0, width, height)
    const unit = height / 100
    ellipse(width * 0.16, height * 0.24, 15 * unit, 15 * unit, `hsl(${hue} 40% 84%)`)
    const x = width / 2 + Math.sin(seconds * 0.9 + phase) * 1.6 * unit
    const y = 44 * unit + Math.sin(seconds * 1.7 + phase) * 0.7 * unit
    if (long) ellipse(x, y + 9 * unit, 21 * unit, 27 * unit, hair)
    ellipse(width / 2, 106 * unit, 43 * unit, 36 * unit, `hsl(${(hue + 180) % 360} 36% 36%)`)
    ellipse(x, y + 20 * unit, 8 * unit, 12 * unit, skin)
    ellipse(x, y + 14 * unit, 8 * unit, 8 * unit, "rgb(0 0 0 / 12%)")
    ellipse(x, y - 6 * unit, 18.5 * unit, 19 * unit, hair)
    ellipse(x, y, 16 * unit, 20 * unit, skin)
    ellipse(x, y - 16 * unit, 15 * unit, 7 * unit, hair)
    const lids = (seconds + phase) % 4 < 0.15 ? 0.3 : 1.7
    for (const side of [-1, 1]) ellipse(x + side * 6 * unit, y - unit, 1.6 * unit, lids * unit, "#241a16")
    pen.strokeStyle = "#7a3d33"
    pen.lineWidth = 1.1 * unit
    pen.lineCap = "round"
    pen.beginPath()
    pen.arc(x, y + 6 * unit, 5.5 * unit, 0.2 * Math.PI, 0.8 * Math.PI)
    pen.stroke()
    if (clock !== undefined) drawTime(pen, clock)
  }

  /**
   * Milliseconds since 1970, modulo 4,096: twelve bars, white for 1, between others that show whether all can be read.
   */
  const drawTime = (pen: CanvasRenderingContext2D, face: ClockFace) => {
    const now = Math.floor(performance.timeOrigin + performance.now()) % 4096
    const digits = Array.from({ length: 12 }, (_, place) => (now >> (11 - place)) & 1)
    const odd = digits.reduce((sum, digit) => sum ^ digit)
    const [across, down] = [(face.width * width) / face.columns, (face.height * height) / face.rows]
    for (const [index, bar] of [1, 0, 1, 0, ...digits, odd, 1 - odd].entries()) {
      pen.fillStyle = bar === 1 ? "white" : "black"
      const [column, row] = [index % face.columns, Math.floor(index / face.columns)]
      pen.fillRect(face.x * width + column * across, face.y * height + row * down, across, down)
    }
  }

  /** A track with the label and id of the device that it imitates. */
  const named = (track: MediaStreamTrack | undefined, deviceId: string, label: string) => {
    if (track === undefined) return []
    const settings = track.getSettings.bind(track)
    Object.defineProperty(track, "label", { value: label })
    Object.assign(track, { getSettings: () => ({ ...settings(), deviceId }) })
    return [track]
  }

  const camera = () => {
    const canvas = document.createElement("canvas")
    Object.assign(canvas, { width, height })
    const pen = canvas.getContext("2d")
    const [track] = canvas.captureStream(fps).getVideoTracks()
    if (pen === null || track === undefined) return undefined
    const stop = track.stop.bind(track)
    const timer = setInterval(() => draw(pen, performance.now() / 1000), 1000 / fps)
    Object.assign(track, {
      stop: () => {
        clearInterval(timer)
        stop()
      }
    })
    draw(pen, 0)
    return track
  }

  /** A low hum, with pauses as between words. */
  const microphone = () => {
    // Enough for a hum: what has more samples costs more to mix, encode and decode.
    const context = new AudioContext({ sampleRate: 8_000 })
    const voice = new GainNode(context, { gain: 0.05 })
    const output = new MediaStreamAudioDestinationNode(context)
    const pitch = new OscillatorNode(context, { frequency: 140 + (seed % 120) })
    const rhythm = new OscillatorNode(context, { type: "square", frequency: 0.4 + (seed % 5) / 10 })
    pitch.connect(voice).connect(output)
    rhythm.connect(new GainNode(context, { gain: 0.05 })).connect(voice.gain)
    pitch.start()
    rhythm.start()
    return output.stream.getAudioTracks()[0]
  }

  /** A slide. */
  const screen = () => {
    const canvas = document.createElement("canvas")
    Object.assign(canvas, { width: 1920, height: 1080 })
    const pen = canvas.getContext("2d")
    const show = () => {
      if (pen === null) return
      pen.fillStyle = "#fbfaf6"
      pen.fillRect(0, 0, 1920, 1080)
      pen.fillStyle = "#1f3a44"
      pen.font = "600 96px sans-serif"
      pen.fillText("What we found in May", 140, 220)
      pen.font = "48px sans-serif"
      for (const [line, text] of ["Sound comes first", "Fewer clicks to join", "One picture of all"].entries()) {
        pen.fillText(`${line + 1}.  ${text}`, 140, 380 + line * 90)
      }
      for (const [bar, height] of [180, 320, 260, 420, 380].entries()) {
        pen.fillStyle = `hsl(${(hue + 30 * bar) % 360} 45% 50%)`
        pen.fillRect(1080 + bar * 140, 900 - height, 100, height)
      }
    }
    show()
    const [track] = canvas.captureStream(screenFps).getVideoTracks()
    const timer = setInterval(() => (track?.readyState === "live" ? show() : clearInterval(timer)), 1000 / screenFps)
    return track
  }

  const listed = [
    { kind: "videoinput", deviceId: "camera", label: "Built-in camera" },
    { kind: "videoinput", deviceId: "desk", label: "Desk camera" },
    { kind: "audioinput", deviceId: "microphone", label: "Built-in microphone" },
    { kind: "audioinput", deviceId: "headset", label: "Headset" },
    { kind: "audiooutput", deviceId: "default", label: "Built-in speakers" }
  ] as const
  const labelOf = (id: string) => listed.find(({ deviceId }) => deviceId === id)?.label ?? id
  const wanted = (asked: boolean | MediaTrackConstraints | undefined, otherwise: string) => {
    const id = typeof asked === "object" ? asked.deviceId : undefined
    const exact = typeof id === "object" && "exact" in id ? id.exact : undefined
    return typeof exact === "string" ? exact : otherwise
  }

  Object.assign(devices, {
    enumerateDevices: async () => listed.map((device) => ({ ...device, groupId: "" })),
    getUserMedia: async ({ audio, video }: MediaStreamConstraints) => {
      const tracks: Array<MediaStreamTrack> = []
      if (video) {
        const id = wanted(video, "camera")
        tracks.push(...named(camera(), id, labelOf(id)))
      }
      if (audio) {
        const id = wanted(audio, "microphone")
        tracks.push(...named(microphone(), id, labelOf(id)))
      }
      return new MediaStream(tracks)
    },
    getDisplayMedia: async () => {
      const track = screen()
      return new MediaStream(track === undefined ? [] : [track])
    }
  })
}

/**
 * Gives this profile a camera with a drawn face, and a voice, in place of the browser's test pattern. Three frames a
 * second by default: people hardly move, and a small machine cannot draw many at once.
 */
export const sitFor =
  (name: string, look: Partial<Omit<Portrait, "name">> = {}) =>
  (context: BrowserContext): Promise<unknown> =>
    context.addInitScript(replaceDevices, { name, width: 640, height: 360, fps: 3, ...look })
