import { execFile } from "node:child_process"
import { promisify } from "node:util"
import * as Schema from "effect/Schema"
import { findTool } from "./tools.js"

const execute = promisify(execFile)

/** One track of a file. Audio has no size, and video no rate of samples. */
const Stream = Schema.Struct({
  kind: Schema.propertySignature(Schema.Literal("audio", "video")).pipe(Schema.fromKey("codec_type")),
  /** As ffmpeg calls it: `vp8`, `vp9`, `h264`, `opus`, `aac`. */
  codec: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("codec_name")),
  width: Schema.optional(Schema.Number),
  height: Schema.optional(Schema.Number),
  /** Counted by reading them all. */
  packets: Schema.propertySignature(Schema.NumberFromString).pipe(Schema.fromKey("nb_read_packets"))
})

const Report = Schema.parseJson(
  Schema.Struct({
    streams: Schema.Array(Stream),
    format: Schema.Struct({
      /** As ffmpeg calls it: `matroska,webm`, `mov,mp4,m4a,3gp,3g2,mj2`. */
      container: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("format_name")),
      /** Seconds. A WebM that a browser wrote as it came says none. */
      duration: Schema.optional(Schema.NumberFromString)
    })
  })
)

const decode = Schema.decodeSync(Report)

/** So many samples a second are asked for: what browsers record. */
const sampleRate = 48_000

/** The sound of a file, in one channel: from -1 to 1. */
export const samplesOf = async (file: string) => {
  const wanted = ["-ac", "1", "-ar", String(sampleRate), "-f", "f32le", "-"]
  const { stdout } = await execute(findTool("ffmpeg"), ["-v", "error", "-i", file, ...wanted], {
    encoding: "buffer",
    // Minutes.
    maxBuffer: 100_000_000
  })
  return { samples: new Float32Array(new Uint8Array(stdout).buffer), sampleRate }
}

/** What is in a file of sound and pictures, read to its end. Fails where it is none. */
export const probe = async (file: string) => {
  const wanted = ["-show_streams", "-show_format", "-count_packets"]
  const { stdout } = await execute(findTool("ffprobe"), ["-v", "error", "-of", "json", ...wanted, file])
  const { format, streams } = decode(stdout)
  return { ...format, streams }
}
