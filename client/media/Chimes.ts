/** The short notification sounds of a page, played only by this machine's loudspeaker. */

/** What a chime announces. */
export type Chime = "arrived" | "knocked" | "hand" | "wrote"

interface Note {
  /** In hertz. */
  readonly pitch: number
  /** In seconds after the start of the chime. */
  readonly at: number
}

const chimes: Readonly<Record<Chime, ReadonlyArray<Note>>> = {
  arrived: [
    { pitch: 523.25, at: 0 },
    { pitch: 783.99, at: 0.12 }
  ],
  knocked: [
    { pitch: 329.63, at: 0 },
    { pitch: 329.63, at: 0.18 }
  ],
  hand: [
    { pitch: 659.26, at: 0 },
    { pitch: 880, at: 0.1 },
    { pitch: 1046.5, at: 0.2 }
  ],
  wrote: [{ pitch: 698.46, at: 0 }]
}

/** How long a note sounds, in seconds, and its gain at the start: quieter than a voice. */
const noteSeconds = 0.35
const peakGain = 0.05

/** A chime that cannot begin within this many milliseconds is left out: what it announces would be long past. */
const startTimeoutMs = 1000

const playNote = (context: AudioContext, start: number, { at, pitch }: Note) => {
  const tone = new OscillatorNode(context, { frequency: pitch })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, start + at)
  volume.gain.linearRampToValueAtTime(peakGain, start + at + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + at + noteSeconds)
  tone.connect(volume).connect(context.destination)
  tone.start(start + at)
  tone.stop(start + at + noteSeconds)
  return tone
}

/**
 * Plays chimes in an AudioContext of its own, so that they reach no guest and no recording. It is suspended
 * between chimes. Browsers let it start only in the handler of a press or key: `unlock`.
 */
export const makeChimes = () => {
  let context: AudioContext | undefined
  let unlocked = false
  let sounding = 0
  const open = () => {
    context ??= new AudioContext()
    return context
  }
  const suspendIfSilent = () => {
    // A context that is closed, or was never allowed to run, needs none.
    if (sounding === 0) void context?.suspend().catch(() => undefined)
  }

  return {
    /** To be called in the handler of a press. The first one that the browser accepts is enough. */
    unlock: () => {
      if (unlocked) return
      const now = open()
      const done = () => {
        unlocked = true
        suspendIfSilent()
      }
      now.resume().then(done, suspendIfSilent)
    },
    /** The loudspeaker that the person has picked, if the browser lets a page choose. Empty: the default one. */
    setSink: (sinkId: string) => {
      const set: unknown = Reflect.get(open(), "setSinkId")
      if (typeof set !== "function") return
      // If the loudspeaker is gone, the sound stays where it is.
      void Promise.resolve(Reflect.apply(set, context, [sinkId])).catch(() => undefined)
    },
    play: (chime: Chime): void => {
      const now = open()
      const requestedAt = performance.now()
      const begin = () => {
        if (now.state !== "running" || performance.now() - requestedAt > startTimeoutMs) return suspendIfSilent()
        const start = now.currentTime + 0.02
        const tones = chimes[chime].map((note) => playNote(now, start, note))
        sounding += 1
        tones.at(-1)?.addEventListener("ended", () => {
          sounding -= 1
          suspendIfSilent()
        })
      }
      now.resume().then(begin, suspendIfSilent)
    },
    close: () => {
      void context?.close().catch(() => undefined)
      context = undefined
    }
  } as const
}
