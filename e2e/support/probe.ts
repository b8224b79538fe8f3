import { execFile } from "node:child_process"
import { promisify } from "node:util"
import * as Schema from "effect/Schema"
import { findTool } from "./tools.js"

const execute = promisify(execFile)

/** One track of a file. Audio has no size. */
const Stream = Schema.Struct({
  kind: Schema.propertySignature(Schema.Literal("audio", "video")).pipe(Schema.fromKey("codec_type")),
  /** ffmpeg's name: `vp8`, `vp9`, `h264`, `opus`, `aac`. */
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
      /** ffmpeg's name: `matroska,webm`, `mov,mp4,m4a,3gp,3g2,mj2`. */
      container: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("format_name")),
      /** Seconds. Absent in a WebM as a browser's recorder writes it. */
      duration: Schema.optional(Schema.NumberFromString)
    })
  })
)

const decode = Schema.decodeSync(Report)

/** Samples a second: those that browsers record. */
const sampleRate = 48_000

/** The sound of a file, in one channel: from -1 to 1. */
export const samplesOf = async (file: string) => {
  const wanted = ["-ac", "1", "-ar", String(sampleRate), "-f", "f32le", "-"]
  const { stdout } = await execute(findTool("ffmpeg"), ["-v", "error", "-i", file, ...wanted], {
    encoding: "buffer",
    // Bytes: some minutes of sound.
    maxBuffer: 100_000_000
  })
  return { samples: new Float32Array(new Uint8Array(stdout).buffer), sampleRate }
}

/** The tracks of a media file, read to its end. Fails if it is none. */
export const probe = async (file: string) => {
  const wanted = ["-show_streams", "-show_format", "-count_packets"]
  const { stdout } = await execute(findTool("ffprobe"), ["-v", "error", "-of", "json", ...wanted, file])
  const { format, streams } = decode(stdout)
  return { ...format, streams }
}
