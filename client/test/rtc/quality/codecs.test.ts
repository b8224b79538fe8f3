import { assert, describe, it } from "@effect/vitest"
import { offered, sharpest } from "../../../rtc/quality/codecs.js"

const h264 = (profile: string, mode: 0 | 1) => ({
  mimeType: "video/H264",
  sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`
})
const codec = (mimeType: string, sdpFmtpLine?: string) =>
  sdpFmtpLine === undefined ? { mimeType } : { mimeType, sdpFmtpLine }

const opus = codec("audio/opus", "minptime=10;useinbandfec=1")
const vp8 = codec("video/VP8")
const vp9 = codec("video/VP9", "profile-id=0")
const av1 = codec("video/AV1", "level-idx=5;profile=0;tier=0")
const [rtx, red, ulpfec] = [codec("video/rtx"), codec("video/red"), codec("video/ulpfec")]
const [baseline, high] = [h264("42e01f", 1), h264("64001f", 1)]

const sounds = [
  opus,
  codec("audio/red", "111/111"),
  codec("audio/G722"),
  codec("audio/PCMU"),
  codec("audio/PCMA"),
  codec("audio/CN"),
  codec("audio/telephone-event")
]
const chromium = [
  vp8,
  rtx,
  vp9,
  codec("video/VP9", "profile-id=2"),
  h264("42001f", 1),
  h264("42001f", 0),
  baseline,
  h264("42e01f", 0),
  h264("4d001f", 1),
  h264("f4001f", 1),
  high,
  av1,
  codec("video/AV1", "level-idx=5;profile=1;tier=0"),
  codec("video/H265", "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST"),
  red,
  ulpfec,
  codec("video/flexfec-03", "repair-window=10000000")
]
const highOfSafari = h264("640c1f", 1)
const safari = [
  highOfSafari,
  baseline,
  codec("video/H265"),
  vp8,
  codec("video/VP9"),
  codec("video/AV1"),
  rtx,
  red,
  ulpfec
]

/** The codecs that browsers report to receive, and those of them that an offer names. */
const table = [
  { of: "Chromium's sound", kind: "audio", has: sounds, named: [opus] },
  { of: "Chromium's camera", kind: "video", has: chromium, named: [vp8, baseline, high, rtx] },
  { of: "Chromium's screen", kind: "screen", has: chromium, named: [av1, baseline, high, vp8, rtx] },
  { of: "Safari's camera", kind: "video", has: safari, named: [highOfSafari, baseline, vp8, rtx] },
  {
    of: "a camera without H.264",
    kind: "video",
    has: [vp8, vp9, av1, rtx, red, ulpfec],
    named: [vp8, rtx]
  },
  { of: "a browser that has none of them", kind: "video", has: [av1, rtx, red], named: null },
  { of: "a browser that says nothing", kind: "screen", has: [], named: null }
] as const

describe("the codecs of an offer", () => {
  for (const { has, kind, named, of } of table) {
    it(`are those that carry something, of ${of}`, () =>
      assert.deepStrictEqual(offered<(typeof has)[number]>(kind, { receives: has, sends: has }, false), named))
  }

  it("do not begin with one that a browser only receives, since both sides send", () => {
    const sends = chromium.filter(({ mimeType }) => mimeType !== av1.mimeType)
    assert.deepStrictEqual(offered("screen", { receives: chromium, sends }, false), [baseline, high, vp8, rtx])
  })

  it("begin with H.264 for a camera if that saves power", () => {
    const both = { receives: chromium, sends: chromium }
    assert.deepStrictEqual(offered("video", both, true), [baseline, high, vp8, rtx])
    assert.deepStrictEqual(offered("screen", both, true), offered("screen", both, false))
  })
})

describe("the codec of a screen", () => {
  it("is AV1, else H.264, at whatever position among those that both sides have", () => {
    const firefox = [vp8, rtx, vp9, h264("42e01f", 0), baseline, av1, red]
    assert.strictEqual(sharpest(firefox), av1)
    assert.strictEqual(sharpest(firefox.filter((codec) => codec !== av1)), baseline)
    assert.isUndefined(sharpest([vp8, rtx, vp9]))
  })
})
