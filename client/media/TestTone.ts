import * as Effect from "effect/Effect"

/** The notes: when each begins, in seconds, and its frequency in hertz. A fifth, as of a door bell. */
const notes = [
  [0, 523.25],
  [0.28, 783.99]
] as const

/** How long it sounds. */
const toneSeconds = 1.1

const play = async (sinkId: string, signal: AbortSignal) => {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const speaker = new Audio()
  try {
    for (const [begins, frequency] of notes) {
      const at = context.currentTime + 0.05 + begins
      const gain = new GainNode(context, { gain: 0 })
      const tone = new OscillatorNode(context, { frequency })
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(0.25, at + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.001, at + 0.75)
      tone.connect(gain).connect(out)
      tone.start(at)
      tone.stop(at + 0.8)
    }
    speaker.srcObject = out.stream
    // Missing in browsers that let no page choose, whatever the DOM types say.
    if ("setSinkId" in speaker) await speaker.setSinkId(sinkId)
    await Promise.all([context.resume(), speaker.play()])
    await new Promise((resolve) => {
      setTimeout(resolve, toneSeconds * 1000)
      signal.addEventListener("abort", resolve)
    })
  } finally {
    speaker.srcObject = null
    await context.close()
  }
}

/** Plays a short tone on this speaker (empty: the default one), and ends when it is over. Fails if it cannot sound. */
export const playTestTone = (sinkId: string): Effect.Effect<void, unknown> =>
  Effect.tryPromise({ try: (signal) => play(sinkId, signal), catch: (cause) => cause })
