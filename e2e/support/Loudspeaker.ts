import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as later } from "node:timers/promises"
import { loudnessAt } from "./loudness.js"
import { findTool } from "./tools.js"

const sampleRate = 48_000

/** A tone's level is measured over this many samples: a quarter of a second. */
const windowLength = sampleRate / 4

/** A tone counts as played, or as not played, only if this many windows in a row agree: one second. */
const windowsPerSecond = 4

/** The most buffered samples between the browser and the recorder: they arrive 0.3 seconds after they were played. */
const bufferedSamples = 0.3 * sampleRate

/**
 * In decibels. Above `audible` a tone is played, below `silent` it is not; between them it is neither. Measured: -6 to
 * -10 if played, below -75 if not, up to -55 if a busy machine drops samples, which clicks.
 */
const audible = -25
const silent = -45

/** The quietest and the loudest window of a tone in the latest second, in decibels. The frequency is in hertz. */
interface Level {
  readonly frequency: number
  readonly lowest: number
  readonly highest: number
}

/** What a loudspeaker plays, as a person in front of it hears it: recorded from the sound server, after the browser. */
export class Loudspeaker {
  readonly #recorder: ChildProcess
  /** The latest second, as a ring. */
  readonly #ring = new Float32Array(windowLength * windowsPerSecond)
  /** Samples heard since the start. */
  #count = 0
  /** The first byte of a sample, if a chunk ended in the middle of one. */
  #rest: Buffer = Buffer.alloc(0)

  constructor(
    readonly name: string,
    env: NodeJS.ProcessEnv
  ) {
    this.#recorder = spawn(
      findTool("parec"),
      [
        `--device=${name}.monitor`,
        "--format=s16le",
        `--rate=${sampleRate}`,
        "--channels=1",
        "--latency-msec=50",
        "--raw"
      ],
      { env, stdio: ["ignore", "pipe", "inherit"] }
    )
    this.#recorder.stdout?.on("data", (chunk: Buffer) => this.#receive(chunk))
  }

  #receive(chunk: Buffer) {
    const bytes = Buffer.concat([this.#rest, chunk])
    const whole = bytes.length - (bytes.length % 2)
    for (let at = 0; at < whole; at += 2) {
      this.#ring[this.#count++ % this.#ring.length] = bytes.readInt16LE(at) / 32_768
    }
    this.#rest = bytes.subarray(whole)
  }

  /** The latest second, in the order in which it was heard. */
  #latest(): Float32Array {
    const start = this.#count % this.#ring.length
    const latest = new Float32Array(this.#ring.length)
    latest.set(this.#ring.subarray(start))
    latest.set(this.#ring.subarray(0, start), this.#ring.length - start)
    return latest
  }

  #levels(frequencies: ReadonlyArray<number>): ReadonlyArray<Level> {
    const latest = this.#latest()
    return frequencies.map((frequency) => {
      const loudness = Array.from({ length: windowsPerSecond }, (_, index) =>
        loudnessAt(latest.subarray(index * windowLength, (index + 1) * windowLength), frequency, sampleRate)
      )
      return { frequency, lowest: Math.min(...loudness), highest: Math.max(...loudness) }
    })
  }

  /**
   * Waits until, for a whole second, every expected tone is played and no other of `allTones` is. Tones are given in
   * hertz. Ignores what was played before the call. After 40 seconds it fails with what was heard instead.
   */
  async waitForTones(expected: ReadonlyArray<number>, allTones: ReadonlyArray<number>): Promise<ReadonlyArray<Level>> {
    /** Once this many samples were heard, the ring holds none from before the call. */
    const firstCount = this.#count + bufferedSamples + this.#ring.length
    const deadline = performance.now() + 40_000
    let levels: ReadonlyArray<Level> = []
    while (performance.now() < deadline) {
      await later(100)
      if (this.#count < firstCount) continue
      levels = this.#levels(allTones)
      const isExpected = levels.every(({ frequency, highest, lowest }) =>
        expected.includes(frequency) ? lowest > audible : highest < silent
      )
      if (isExpected) return levels
    }
    const heard = levels.map(
      ({ frequency, highest, lowest }) => `${frequency} Hz: ${lowest.toFixed()} to ${highest.toFixed()} dB`
    )
    throw new Error(
      `The loudspeaker "${this.name}" should play ${expected.join(" and ") || "nothing"} (in hertz). It plays ${
        heard.join(", ") || "no sample at all"
      }.`
    )
  }

  async close(): Promise<void> {
    if (this.#recorder.exitCode !== null) return
    const gone = once(this.#recorder, "exit")
    this.#recorder.kill("SIGKILL")
    await gone
  }
}
