/** The small sounds of a page: made here, played by this machine's loudspeaker alone. */

/** What a chime says. */
export type Chime = "arrived" | "knocked" | "hand" | "wrote"

interface Note {
  /** In hertz. */
  readonly pitch: number
  /** After the chime's beginning, in seconds. */
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

/** How long a note sounds, in seconds, and how loud it is at its beginning: quieter than anybody who speaks. */
const length = 0.35
const loudest = 0.05

/** A chime that cannot begin within this many milliseconds is left out: it would say what is long past. */
const patience = 1000

const playNote = (context: AudioContext, start: number, { at, pitch }: Note) => {
  const tone = new OscillatorNode(context, { frequency: pitch })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, start + at)
  volume.gain.linearRampToValueAtTime(loudest, start + at + 0.01)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + at + length)
  tone.connect(volume).connect(context.destination)
  tone.start(start + at)
  tone.stop(start + at + length)
  return tone
}

/**
 * Plays chimes in an AudioContext of its own, so that they reach no guest and no recording. It rests between chimes.
 * Browsers let it begin only in the handler of a press or key: `unlock`.
 */
export const makeChimes = () => {
  let context: AudioContext | undefined
  let unlocked = false
  let sounding = 0
  const open = () => {
    context ??= new AudioContext()
    return context
  }
  const rest = () => {
    // A context that is closed, or was never let run, rests already.
    if (sounding === 0) void context?.suspend().catch(() => undefined)
  }

  return {
    /** In the handler of a press. The first one that the browser takes is enough. */
    unlock: () => {
      if (unlocked) return
      const now = open()
      const done = () => {
        unlocked = true
        rest()
      }
      now.resume().then(done, rest)
    },
    /** The loudspeaker that the person has picked, where the browser lets a page choose. Empty: the default one. */
    setSink: (sinkId: string) => {
      const set: unknown = Reflect.get(open(), "setSinkId")
      if (typeof set !== "function") return
      // A loudspeaker that is gone leaves the sound where it is.
      void Promise.resolve(Reflect.apply(set, context, [sinkId])).catch(() => undefined)
    },
    play: (chime: Chime): void => {
      const now = open()
      const asked = performance.now()
      const begin = () => {
        if (now.state !== "running" || performance.now() - asked > patience) return rest()
        const start = now.currentTime + 0.02
        const tones = chimes[chime].map((note) => playNote(now, start, note))
        sounding += 1
        tones.at(-1)?.addEventListener("ended", () => {
          sounding -= 1
          rest()
        })
      }
      now.resume().then(begin, rest)
    },
    close: () => {
      void context?.close().catch(() => undefined)
      context = undefined
    }
  } as const
}
