import { assert, describe, it } from "@effect/vitest"
import { offered } from "../../rtc/codecs.js"

const h264 = (profile: string, mode: 0 | 1) => ({
  mimeType: "video/H264",
  sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`
})
const codec = (mimeType: string, sdpFmtpLine?: string) =>
  sdpFmtpLine === undefined ? { mimeType } : { mimeType, sdpFmtpLine }

const opus = codec("audio/opus", "minptime=10;useinbandfec=1")
const vp8 = codec("video/VP8")
const [rtx, red, ulpfec] = [codec("video/rtx"), codec("video/red"), codec("video/ulpfec")]

/** What browsers say that they receive, and what of it an offer names. */
const table = [
  {
    of: "Chromium's sound",
    has: [
      opus,
      codec("audio/red", "111/111"),
      codec("audio/G722"),
      codec("audio/PCMU"),
      codec("audio/PCMA"),
      codec("audio/CN"),
      codec("audio/telephone-event")
    ],
    named: [opus]
  },
  {
    of: "Chromium's pictures",
    has: [
      vp8,
      rtx,
      codec("video/VP9", "profile-id=0"),
      codec("video/VP9", "profile-id=2"),
      h264("42001f", 1),
      h264("42001f", 0),
      h264("42e01f", 1),
      h264("42e01f", 0),
      h264("4d001f", 1),
      h264("f4001f", 1),
      h264("64001f", 1),
      codec("video/AV1", "level-idx=5;profile=0;tier=0"),
      codec("video/H265", "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST"),
      red,
      ulpfec,
      codec("video/flexfec-03", "repair-window=10000000")
    ],
    named: [vp8, rtx, h264("42e01f", 1), h264("64001f", 1)]
  },
  {
    of: "Safari's pictures, in its own order",
    has: [h264("640c1f", 1), h264("42e01f", 1), codec("video/H265"), vp8, codec("video/VP9"), rtx, red, ulpfec],
    named: [h264("640c1f", 1), h264("42e01f", 1), vp8, rtx]
  },
  {
    of: "the pictures of a Firefox without H.264",
    has: [vp8, codec("video/VP9"), codec("video/AV1"), rtx, red, ulpfec],
    named: [vp8, rtx]
  },
  { of: "a browser that has none of them", has: [codec("video/AV1"), rtx, red], named: null },
  { of: "a browser that says nothing", has: [], named: null }
] as const

describe("the codecs of an offer", () => {
  for (const { has, named, of } of table) {
    it(`are those that carry something, of ${of}`, () =>
      assert.deepStrictEqual(offered<(typeof has)[number]>(has), named))
  }
})
