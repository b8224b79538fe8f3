/**
 * Writes a recorded file anew, without encoding it again: with its duration, and with cues, so that players can search.
 * A worker's part: mediabunny stays out of the page.
 */
import {
  BlobSource,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP4,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WEBM,
  WebMOutputFormat
} from "mediabunny"
import { extensionOf } from "./mimes.js"
import { within } from "./within.js"

/** One track on its way: its packets in order, and where they go. */
interface Lane {
  /** Null once there are no more. */
  next: EncodedPacket | null
  readonly isVideo: boolean
  readonly pull: () => Promise<EncodedPacket | null>
  readonly add: (packet: EncodedPacket) => Promise<void>
}

/** The next packet; none where the file breaks off in the middle of it. */
const puller = (track: InputVideoTrack | InputAudioTrack) => {
  const packets = new EncodedPacketSink(track).packets()
  return async (): Promise<EncodedPacket | null> => {
    try {
      const { done, value } = await packets.next()
      return done ? null : value
    } catch {
      return null
    }
  }
}

const videoLane = async (track: InputVideoTrack, output: Output): Promise<Lane | null> => {
  const pull = puller(track)
  const [codec, config, first] = [await track.getCodec(), await track.getDecoderConfig(), await pull()]
  if (codec === null || config === null || first === null) return null
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(
    source,
    output.format.supportsVideoRotationMetadata ? { rotation: await track.getRotation() } : {}
  )
  return { next: first, isVideo: true, pull, add: (packet) => source.add(packet, { decoderConfig: config }) }
}

const audioLane = async (track: InputAudioTrack, output: Output): Promise<Lane | null> => {
  const pull = puller(track)
  const [codec, config, first] = [await track.getCodec(), await track.getDecoderConfig(), await pull()]
  if (codec === null || config === null || first === null) return null
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  return { next: first, isVideo: false, pull, add: (packet) => source.add(packet, { decoderConfig: config }) }
}

/** The lane whose packet is due first: written in the order of time, little has to wait in memory. */
const dueFirst = (lanes: ReadonlyArray<Lane>) => {
  let due: { readonly lane: Lane; readonly packet: EncodedPacket } | undefined
  for (const lane of lanes) {
    if (lane.next !== null && (due === undefined || lane.next.timestamp < due.packet.timestamp)) {
      due = { lane, packet: lane.next }
    }
  }
  return due
}

/**
 * The last picture of a video stands until the recording's end: a screen that does not change, or a camera that stalled,
 * brings no more frames, and the file would be too short.
 */
const lasting = (packet: EncodedPacket, endSeconds: number) =>
  packet.clone({ duration: Math.max(packet.duration, endSeconds - packet.timestamp) })

/** A file in which no packet was written or read for so long lets itself not be finished. */
const patienceMs = 30_000

/** Rejects with a `TimeoutError` where it takes too long. */
const inTime = async (step: Promise<unknown>): Promise<void> => {
  if (!(await within(patienceMs, step))) throw new DOMException("The file does not go on.", "TimeoutError")
}

/**
 * Reads `recorded` slice by slice and writes the finished file, in any order of places, to `target`, which it closes.
 * `recordedMs` is how long it was recorded, null where that is not known. Gives the length of the finished file in
 * milliseconds, or `nothing` where there is nothing in the file that a player could show.
 */
export const finish = async (
  recorded: Blob,
  mime: string,
  recordedMs: number | null,
  target: WritableStream<StreamTargetChunk>
): Promise<number | "nothing"> => {
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM, MP4] })
  const output = new Output({
    format: extensionOf(mime) === "mp4" ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
    target: new StreamTarget(target, { chunked: true, chunkSize: 1 << 20 })
  })
  try {
    const found = await Promise.all([
      ...(await input.getVideoTracks()).map((track) => videoLane(track, output)),
      ...(await input.getAudioTracks()).map((track) => audioLane(track, output))
    ])
    const lanes = found.filter((lane) => lane !== null)
    if (lanes.length === 0) {
      await output.cancel()
      if (!target.locked) await target.abort()
      return "nothing"
    }
    await output.start()
    let end = 0
    for (let due = dueFirst(lanes); due !== undefined; due = dueFirst(lanes)) {
      const { lane, packet } = due
      const next = lane.pull()
      await inTime(next)
      lane.next = await next
      const whole = lane.next === null && lane.isVideo ? lasting(packet, (recordedMs ?? 0) / 1000) : packet
      await inTime(lane.add(whole))
      end = Math.max(end, whole.timestamp + whole.duration)
    }
    await inTime(output.finalize())
    return Math.round(end * 1000)
  } catch (cause) {
    await within(patienceMs, output.cancel())
    throw cause
  } finally {
    input.dispose()
  }
}
