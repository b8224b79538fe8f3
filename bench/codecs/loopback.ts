/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

declare global {
  /** The functions that `addLoopback` adds to a page. */
  var loopback: Loopback
}

/** What a page is to send to itself. */
export interface Sending {
  readonly source: "camera" | "screen"
  readonly mimeType: string
  /** In bits per second. */
  readonly maxBitrate: number
  readonly maxFramerate: number
}

/** Totals so far. Times in seconds. */
export interface Counted {
  readonly encoded: number
  readonly encoding: number
  readonly decoded: number
  readonly decoding: number
  readonly bytes: number
}

interface Loopback {
  readonly open: (sending: Sending) => Promise<void>
  readonly count: () => Promise<Counted>
  /** Scrolls the page. Returns the milliseconds from the last move until the received picture is sharp. */
  readonly scroll: () => Promise<number>
  /** The milliseconds from the call until the received picture is sharp. */
  readonly sharp: () => Promise<number>
  /** How near the received picture is to the sent one, in dB (PSNR of the middle of the picture). */
  readonly nearness: () => number
}

/** Runs in a page: a call of the page to itself, in one codec. */
export const addLoopback = () => {
  /** From this PSNR on text looks as it does on the page, in dB; and the longest wait for it, in milliseconds. */
  const [sharp, patience] = [35, 5_000]
  const [width, height] = [480, 270]
  const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()]
  const play = (track: MediaStreamTrack) => {
    const video = Object.assign(document.createElement("video"), { muted: true, srcObject: new MediaStream([track]) })
    void video.play()
    return video
  }
  let arrived: HTMLVideoElement | undefined

  /** Different lines of words of 12 points, far more than a screen holds. */
  const text = Object.assign(document.createElement("canvas"), { width: 1920, height: 6000 })
  const write = (pen: CanvasRenderingContext2D) => {
    pen.fillStyle = "white"
    pen.fillRect(0, 0, text.width, text.height)
    pen.fillStyle = "black"
    pen.font = "12pt serif"
    for (let line = 0; line * 22 < text.height; line++) {
      const words = Array.from({ length: 40 }, (_, word) => ((line * 7919 + word * 104_729) ** 2).toString(36))
      pen.fillText(words.map((word, index) => word.slice(0, 2 + ((line + index) % 7))).join(" "), 40, line * 22)
    }
  }
  const page = Object.assign(document.createElement("canvas"), { width: 1920, height: 1080 })
  const paper = page.getContext("2d")
  let [top, moved, drawn] = [0, 0, 0]

  /**
   * Frames as browsers capture a screen: while it moves, for as long after as the sent picture gets sharper, and then
   * once a second.
   */
  const show = (frameRate: number) => {
    const pen = text.getContext("2d")
    if (pen === null || paper === null) throw new Error("This browser draws nothing.")
    write(pen)
    moved = performance.now()
    setInterval(() => {
      const now = performance.now()
      if (now - moved > 1000 && now - drawn < 1000) return
      drawn = now
      paper.drawImage(text, 0, -top)
    }, 1000 / frameRate)
    return page.captureStream()
  }

  const capture = async ({ maxFramerate: frameRate, source }: Sending) => {
    const stream =
      source === "screen"
        ? show(frameRate)
        : await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate } })
    const [track] = stream.getVideoTracks()
    if (track === undefined) throw new Error("This browser captures nothing.")
    if (source === "screen") track.contentHint = "detail"
    return track
  }

  const open = async (sending: Sending) => {
    const track = await capture(sending)
    from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined)
    to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined)
    to.ontrack = ({ track }) => {
      arrived = play(track)
    }
    const { maxBitrate, maxFramerate, mimeType } = sending
    const transceiver = from.addTransceiver(track, {
      direction: "sendonly",
      sendEncodings: [{ maxBitrate, maxFramerate }]
    })
    const named = (RTCRtpReceiver.getCapabilities("video")?.codecs ?? []).filter(
      (codec) => codec.mimeType === mimeType && !/packetization-mode=0/.test(codec.sdpFmtpLine ?? "")
    )
    transceiver.setCodecPreferences(named)
    await from.setLocalDescription()
    await to.setRemoteDescription(from.localDescription ?? { type: "offer" })
    await to.setLocalDescription()
    await from.setRemoteDescription(to.localDescription ?? { type: "answer" })
  }

  const pens = [0, 1].map(() => new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true }))
  /** The pixels of the middle of a picture. Null: there is no picture of the page's size. */
  const middleOf = (picture: CanvasImageSource, [wide, high]: readonly [number, number], index: number) => {
    const pen = pens[index]
    if (!pen || wide !== page.width) return null
    pen.drawImage(picture, (wide - width) / 2, (high - height) / 2, width, height, 0, 0, width, height)
    return pen.getImageData(0, 0, width, height).data
  }
  const nearness = () => {
    const one = middleOf(page, [page.width, page.height], 0)
    const other = arrived === undefined ? null : middleOf(arrived, [arrived.videoWidth, arrived.videoHeight], 1)
    if (one === null || other === null) return 0
    let squares = 0
    // Green approximates the brightness, in which text differs from its background.
    for (let at = 1; at < one.length; at += 4) squares += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2
    return 10 * Math.log10(255 ** 2 / Math.max(squares / (width * height), 0.01))
  }
  const untilSharp = async () => {
    const since = performance.now()
    while (nearness() < sharp && performance.now() - since < patience)
      await new Promise((resolve) => setTimeout(resolve, 50))
    return performance.now() - since
  }

  const functions: Loopback = {
    open,
    count: async () => {
      const all = [...(await from.getStats()).values(), ...(await to.getStats()).values()]
      const ofType = (type: string) => all.find((entry) => entry.type === type) ?? {}
      const [out, into] = [ofType("outbound-rtp"), ofType("inbound-rtp")]
      return {
        encoded: out.framesEncoded ?? 0,
        encoding: out.totalEncodeTime ?? 0,
        decoded: into.framesDecoded ?? 0,
        decoding: into.totalDecodeTime ?? 0,
        bytes: out.bytesSent ?? 0
      }
    },
    scroll: async () => {
      for (let step = 0; step < 8; step++) {
        top += 50
        moved = performance.now()
        await new Promise((resolve) => setTimeout(resolve, 66))
      }
      return untilSharp()
    },
    sharp: untilSharp,
    nearness
  }
  Object.assign(globalThis, { loopback: functions })
}
