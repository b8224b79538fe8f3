/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** A page that composes a programme for a test or a benchmark, sends it to itself over a connection, and shows it. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { Composer } from "../../../client/media/programme/Composer.js"
import { openComposer } from "../../../client/media/programme/openComposer.js"
import { programmeSize, type Scene } from "../../../client/media/programme/scene.js"

declare global {
  /** The functions that a test or a benchmark calls in this page. */
  var programme: typeof functions
}

/** A picture of one colour, as CSS writes it. */
export interface Coloured {
  readonly id: string
  readonly colour: string
  readonly width: number
  readonly height: number
}

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number]

/** A point of a picture, in its pixels, and the expected colour there. */
export interface Point {
  readonly at: { readonly x: number; readonly y: number }
  readonly colour: Colour
}

/** How far the red, green or blue of a colour, 0 to 255, may be off: compression changes colours. */
const tolerance = 28

/** The track of a camera or a screen that shows one colour, with a thin moving line. */
const paint = ({ colour, height, width }: Coloured): MediaStreamTrack => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height })
  const pen = canvas.getContext("2d")
  const [track] = canvas.captureStream(15).getVideoTracks()
  if (pen === null || track === undefined) throw new Error("This browser paints nothing.")
  let step = 0
  const draw = () => {
    pen.fillStyle = colour
    pen.fillRect(0, 0, width, height)
    pen.fillStyle = "white"
    pen.fillRect(0, step++ % height, width, 1)
  }
  setInterval(draw, 66)
  draw()
  return track
}

const tracks = new Map<string, MediaStreamTrack>()
const trackOf = (picture: Coloured) => {
  const track = tracks.get(picture.id) ?? paint(picture)
  tracks.set(picture.id, track)
  return track
}

const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()]

/** Sends a track to this page itself, as to a guest, and returns what arrives. */
const receive = async (track: MediaStreamTrack): Promise<MediaStream> => {
  from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined)
  to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined)
  const arrived = new Promise<MediaStream>((resolve) => {
    to.ontrack = ({ track }) => resolve(new MediaStream([track]))
  })
  from.addTrack(track)
  await from.setLocalDescription()
  await to.setRemoteDescription(from.localDescription ?? { type: "offer" })
  await to.setLocalDescription()
  await from.setRemoteDescription(to.localDescription ?? { type: "answer" })
  return arrived
}

const video = Object.assign(document.createElement("video"), { muted: true, autoplay: true, playsInline: true })
document.body.append(video)
const scope = Effect.runSync(Scope.make())
let composer: Composer | undefined

const opened = () => {
  if (composer === undefined) throw new Error("Open a composer first.")
  return composer
}

const functions = {
  /** Uses this browser's first camera for each of these people, because painting costs more than composing. */
  openCameras: async (people: ReadonlyArray<string>) => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 30 } })
    const [track] = stream.getVideoTracks()
    if (track === undefined) throw new Error("This browser has no camera.")
    for (const id of people) tracks.set(id, track.clone())
  },
  open: async () => {
    composer = await Effect.runPromise(Scope.extend(openComposer, scope))
  },
  /** Shows the received programme in the page. */
  watch: async () => {
    video.srcObject = await receive(opened().track)
  },
  close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  /** The composed track's state, and the counts of its frames. */
  state: () => ({ track: opened().track.readyState, ...opened().counts.get() }),
  /** Resolves once the first picture of the first scene is out. */
  show: (scene: Scene) => {
    opened().show(scene)
    return Effect.runPromise(opened().ready)
  },
  setPictures: (cameras: ReadonlyArray<Coloured>, screen: Coloured | null) =>
    opened().setPictures({
      cameras: new Map(cameras.map((camera) => [camera.id, trackOf(camera)])),
      screen: screen && trackOf(screen)
    }),
  /**
   * The points at which the newest received picture does not have the expected colour, each with the colour it has
   * there instead. Before the first picture all points are black.
   */
  wrongAt: (points: ReadonlyArray<Point>) => {
    const canvas = new OffscreenCanvas(programmeSize.width, programmeSize.height)
    const pen = canvas.getContext("2d")
    if (pen === null) throw new Error("This browser draws nothing.")
    pen.drawImage(video, 0, 0, canvas.width, canvas.height)
    return points.flatMap(({ at, colour }) => {
      const found = [...pen.getImageData(at.x, at.y, 1, 1).data].slice(0, 3)
      const off = colour.map((value, index) => Math.abs(value - (found[index] ?? 0)))
      return Math.max(...off) > tolerance ? [{ at, colour, found }] : []
    })
  },
  /** How many frames have been decoded. */
  arrived: async () => {
    const reports = [...(await to.getStats()).values()]
    return Number(reports.find(({ type }) => type === "inbound-rtp")?.framesDecoded ?? 0)
  },
  /** The newest received picture, as a PNG in a data URL. */
  picture: () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 })
    canvas.getContext("2d")?.drawImage(video, 0, 0, 1280, 720)
    return canvas.toDataURL()
  }
}

Object.assign(globalThis, { programme: functions })
