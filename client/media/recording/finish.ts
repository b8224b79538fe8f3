/**
 * Rewrites a recorded file without encoding it again: with its duration, and with cues, so that players can seek. Runs
 * in a worker: mediabunny stays out of the page.
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
import { untilLastBlock } from "./webm.js"
import { within } from "./within.js"

/** One track that is copied: its packets in order, and where they are written. */
interface Lane {
  /** Null once there are no more. */
  next: EncodedPacket | null
  readonly isVideo: boolean
  readonly pull: () => Promise<EncodedPacket | null>
  readonly add: (packet: EncodedPacket) => Promise<void>
}

const puller = (track: InputVideoTrack | InputAudioTrack) => {
  const packets = new EncodedPacketSink(track).packets()
  return async (): Promise<EncodedPacket | null> => {
    const { done, value } = await packets.next()
    return done ? null : value
  }
}

/** Headers before the first packet are shorter. A longer file without a packet is cut off within its packets. */
const headerBytes = 4096

/** The file has content that cannot be read. */
const unreadable = () => new Error("The file has content that cannot be read.")

const videoLane = async (track: InputVideoTrack, output: Output): Promise<Lane | null> => {
  const pull = puller(track)
  const [codec, config, first] = [await track.getCodec(), await track.getDecoderConfig(), await pull()]
  if (first === null) return null
  if (codec === null || config === null) throw unreadable()
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
  if (first === null) return null
  if (codec === null || config === null) throw unreadable()
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  return { next: first, isVideo: false, pull, add: (packet) => source.add(packet, { decoderConfig: config }) }
}

/** The lane with the earliest packet: in the order of time little has to wait in memory. */
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
 * Extends the last picture of a video to the recording's end: a screen that does not change, or a camera that stalled,
 * brings no more frames, and the file would be too short.
 */
const extendTo = (packet: EncodedPacket, endSeconds: number) =>
  packet.clone({ duration: Math.max(packet.duration, endSeconds - packet.timestamp) })

/** A file in which no packet was read or written for this long cannot be finished. */
const stepTimeoutMs = 30_000

/** Rejects with a `TimeoutError` if it takes too long. */
const withinTimeout = async (step: Promise<unknown>): Promise<void> => {
  if (!(await within(stepTimeoutMs, step)))
    throw new DOMException("Reading or writing the file takes too long.", "TimeoutError")
}

export interface FinishedFile {
  readonly durationMs: number
  /** Whether reading failed before the end: the recorded file may hold more than the finished one. */
  readonly brokeOff: boolean
}

/** Whether the recorded bytes are worth more than the finished file: reading failed, and some of them are not in it. */
export const betterAsRecorded = ({ brokeOff }: FinishedFile, finishedBytes: number, recordedBytes: number): boolean =>
  brokeOff && recordedBytes > finishedBytes

/**
 * Reads `recorded` slice by slice and writes the finished file to `target`, not always in order of position, and closes
 * it. `recordedMs` is how long it was recorded, null if unknown. Returns `nothing` if the file has tracks but ends
 * properly before the first packet. Rejects if its content cannot be read.
 */
export const finish = async (
  recorded: Blob,
  mime: string,
  recordedMs: number | null,
  target: WritableStream<StreamTargetChunk>
): Promise<FinishedFile | "nothing"> => {
  const input = new Input({ source: new BlobSource(await untilLastBlock(recorded)), formats: [WEBM, MP4] })
  const output = new Output({
    format: extensionOf(mime) === "mp4" ? new Mp4OutputFormat({ fastStart: false }) : new WebMOutputFormat(),
    target: new StreamTarget(target, { chunked: true, chunkSize: 1 << 20 })
  })
  try {
    const found = await Promise.all([
      ...(await input.getVideoTracks()).map((track) => videoLane(track, output)),
      ...(await input.getAudioTracks()).map((track) => audioLane(track, output))
    ])
    if (found.length === 0) throw unreadable()
    const lanes = found.filter((lane) => lane !== null)
    if (lanes.length === 0) {
      if (recorded.size > headerBytes) throw unreadable()
      await output.cancel()
      if (!target.locked) await target.abort()
      return "nothing"
    }
    await output.start()
    let end = 0
    let brokeOff = false
    for (let due = dueFirst(lanes); due !== undefined; due = dueFirst(lanes)) {
      const { lane, packet } = due
      const next = lane.pull().catch(() => {
        brokeOff = true
        return null
      })
      await withinTimeout(next)
      lane.next = await next
      const whole = lane.next === null && lane.isVideo ? extendTo(packet, (recordedMs ?? 0) / 1000) : packet
      await withinTimeout(lane.add(whole))
      end = Math.max(end, whole.timestamp + whole.duration)
    }
    await withinTimeout(output.finalize())
    return { durationMs: Math.round(end * 1000), brokeOff }
  } catch (cause) {
    await within(stepTimeoutMs, output.cancel())
    throw cause
  } finally {
    input.dispose()
  }
}
