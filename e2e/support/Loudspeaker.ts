import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as later } from "node:timers/promises"
import { loudnessAt } from "./loudness.js"
import { findTool } from "./tools.js"

const sampleRate = 48_000

/** A tone is judged by so many samples at a time: a quarter of a second. */
const stretch = sampleRate / 4

/** What is played is played in each of so many stretches in a row, and what is not in none of them: for one second. */
const stretches = 4

/** What the sound was before a moment may still be on its way for so long, in samples: 0.3 seconds. */
const underWay = 0.3 * sampleRate

/**
 * In decibels. A tone is played above the one and not played below the other; between them it is neither. Measured: -6
 * to -10 is what is played, below -75 what is not, up to -55 where a busy machine drops samples, which clicks.
 */
const audible = -25
const silent = -45

interface Level {
  readonly frequency: number
  readonly least: number
  readonly most: number
}

/** What a loudspeaker plays, as a person in front of it hears it: from the sound server, behind the whole browser. */
export class Loudspeaker {
  readonly #recorder: ChildProcess
  /** The latest second, as a ring. */
  readonly #ring = new Float32Array(stretch * stretches)
  /** Samples heard since the start. */
  #count = 0
  /** Half a sample, where a chunk ended in the middle of one. */
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
    this.#recorder.stdout?.on("data", (chunk: Buffer) => this.#hear(chunk))
  }

  #hear(chunk: Buffer) {
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
      const each = Array.from({ length: stretches }, (_, index) =>
        loudnessAt(latest.subarray(index * stretch, (index + 1) * stretch), frequency, sampleRate)
      )
      return { frequency, least: Math.min(...each), most: Math.max(...each) }
    })
  }

  /**
   * Waits until, of all these tones, those that are expected are played for a whole second and the others are not
   * played in it at all. Judges nothing that was played before the call. Fails with what was heard instead.
   */
  async plays(
    expected: ReadonlyArray<number>,
    { of, within = 40_000 }: { readonly of: ReadonlyArray<number>; readonly within?: number }
  ): Promise<ReadonlyArray<Level>> {
    const from = this.#count + underWay + this.#ring.length
    const until = performance.now() + within
    let levels: ReadonlyArray<Level> = []
    while (performance.now() < until) {
      await later(100)
      if (this.#count < from) continue
      levels = this.#levels(of)
      const right = levels.every(({ frequency, least, most }) =>
        expected.includes(frequency) ? least > audible : most < silent
      )
      if (right) return levels
    }
    const heard = levels.map(
      ({ frequency, least, most }) => `${frequency} Hz: ${least.toFixed()} to ${most.toFixed()} dB`
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
