import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeObservable, type Observable } from "../browser/Observable.js"
import { makeLoudnessOf } from "./loudness.js"
import { type MixingContext, openMixingContext } from "./mixingContext.js"
import { hears, hostVoice } from "./mixMinus.js"
import { runClock } from "./pageClock.js"

/** Mixes for each guest the voices of all others, so that guests, who send only to the host, hear each other. */
export interface Mixer {
  /** Sets the voice of a guest (by peer id), or of the host (`hostVoice`). Null: no voice. */
  readonly setVoice: (id: string, track: MediaStreamTrack | null) => void
  /**
   * What this guest hears, or the sum of all: `wholeMix`. The track stays the same for as long as the guest is there.
   */
  readonly outputFor: (id: string) => MediaStreamTrack
  /** A guest is gone, as a voice and as a listener. */
  readonly remove: (id: string) => void
  /** Music is among the voices: mixes are sent in full. Present tracks have to be sent again for it to take effect. */
  readonly setMusic: (is: boolean) => void
  /** The host's voice goes only to this guest; null: to all. */
  readonly talkTo: (id: string | null) => void
  /** How loud each voice is now, 0 to 1, ten times a second. */
  readonly levels: Observable<ReadonlyMap<string, number>>
  /** Anything but `running`: nothing is mixed, and guests hear nothing. */
  readonly state: Observable<AudioContextState>
  /** `MixingContext.outputLost`. */
  readonly outputLost: () => boolean
  /** Resumes mixing if the browser allows it: in the handler of a press it always does. */
  readonly resume: () => void
}

interface Voice {
  readonly input: GainNode
  readonly analyser: AnalyserNode
  track: MediaStreamTrack | null
  source: MediaStreamAudioSourceNode | null
}

interface Listener {
  readonly destination: MediaStreamAudioDestinationNode
  readonly gains: Map<string, GainNode>
}

/** Gains change over this many seconds: a step would be heard as a click. */
const rampSeconds = 0.03

/** Measurements of the levels a second: they show who speaks, even while the host looks at another tab. */
const measurementsPerSecond = 10

const open = ({ context, outputLost }: MixingContext) => {
  const voices = new Map<string, Voice>()
  const listeners = new Map<string, Listener>()
  // Chromium passes a remote track to Web Audio only while a media element plays it (crbug.com/933677).
  const mutedPlayers = new Map<string, HTMLAudioElement>()
  const levels = makeObservable<ReadonlyMap<string, number>>(new Map())
  const state = makeObservable(context.state)
  const loudnessOf = makeLoudnessOf()
  let talkingTo: string | null = null
  let hint = "speech"

  const gainOf = (listener: string, voice: string) => (hears(listener, voice, talkingTo) ? 1 : 0)

  const connect = (listener: string, { destination, gains }: Listener, voice: string, { input }: Voice) => {
    if (listener === voice || gains.has(voice)) return
    const gain = new GainNode(context, { gain: gainOf(listener, voice) })
    gains.set(voice, gain)
    input.connect(gain).connect(destination)
  }

  const voiceOf = (id: string): Voice => {
    const known = voices.get(id)
    if (known !== undefined) return known
    const voice: Voice = {
      input: new GainNode(context),
      analyser: new AnalyserNode(context, { fftSize: 1024 }),
      track: null,
      source: null
    }
    voice.input.connect(voice.analyser)
    voices.set(id, voice)
    for (const [listener, ends] of listeners) connect(listener, ends, id, voice)
    return voice
  }

  const silence = (id: string, voice: Voice) => {
    voice.source?.disconnect()
    voice.source = null
    voice.track = null
    const player = mutedPlayers.get(id)
    if (player !== undefined) player.srcObject = null
    mutedPlayers.delete(id)
  }

  const setVoice = (id: string, track: MediaStreamTrack | null) => {
    const voice = voiceOf(id)
    if (voice.track === track) return
    silence(id, voice)
    if (track === null) return
    const stream = new MediaStream([track])
    if (id !== hostVoice) {
      const player = new Audio()
      player.muted = true
      player.srcObject = stream
      mutedPlayers.set(id, player)
      void player.play().catch(() => undefined)
    }
    voice.track = track
    voice.source = context.createMediaStreamSource(stream)
    voice.source.connect(voice.input)
  }

  const outputFor = (id: string): MediaStreamTrack => {
    const known = listeners.get(id)
    const listener = known ?? {
      destination: new MediaStreamAudioDestinationNode(context, { channelCount: 2, channelCountMode: "explicit" }),
      gains: new Map()
    }
    if (known === undefined) {
      listeners.set(id, listener)
      for (const [voice, ends] of voices) connect(id, listener, voice, ends)
    }
    const [track] = listener.destination.stream.getAudioTracks()
    if (track !== undefined) track.contentHint = hint
    if (track === undefined) throw new Error("A destination node has a track for as long as it is there.")
    return track
  }

  const setMusic = (isMusic: boolean) => {
    hint = isMusic ? "music" : "speech"
    for (const { destination } of listeners.values()) {
      for (const track of destination.stream.getAudioTracks()) track.contentHint = hint
    }
  }

  const remove = (id: string) => {
    const voice = voices.get(id)
    if (voice !== undefined) {
      silence(id, voice)
      voice.input.disconnect()
      voices.delete(id)
    }
    for (const { gains } of listeners.values()) {
      gains.get(id)?.disconnect()
      gains.delete(id)
    }
    const listener = listeners.get(id)
    for (const gain of listener?.gains.values() ?? []) gain.disconnect()
    listeners.delete(id)
  }

  const talkTo = (id: string | null) => {
    talkingTo = id
    for (const [listener, { gains }] of listeners) {
      gains.get(hostVoice)?.gain.setTargetAtTime(gainOf(listener, hostVoice), context.currentTime, rampSeconds)
    }
  }

  const resume = () => {
    if (context.state !== "running") void context.resume().catch(() => undefined)
  }
  context.onstatechange = () => state.set(context.state)
  const measure = () =>
    levels.set(new Map([...voices].map(([id, { analyser, track }]) => [id, track === null ? 0 : loudnessOf(analyser)])))

  const mixer: Mixer = {
    setVoice,
    outputFor,
    setMusic,
    remove,
    talkTo,
    levels,
    state,
    outputLost,
    resume
  }
  const close = () => {
    context.onstatechange = null
    for (const [id, voice] of voices) silence(id, voice)
  }
  return { mixer, measure, close }
}

/** A mixer of this browser. Closing the scope silences it. */
export const makeMixer: Effect.Effect<Mixer, never, Scope.Scope> = Effect.flatMap(openMixingContext, (mixing) =>
  Effect.acquireRelease(
    Effect.sync(() => open(mixing)),
    ({ close }) => Effect.sync(close)
  )
).pipe(
  Effect.tap(({ measure }) => runClock(measurementsPerSecond, measure)),
  Effect.map(({ mixer }) => mixer)
)
