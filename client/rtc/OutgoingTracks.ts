/** What one side sends. A track that is null sends nothing; its m-line is there all the same. */
export interface OutgoingTracks {
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
  readonly screen: MediaStreamTrack | null
}

/** The m-lines' order, in every offer. A screen is a second video. */
export const kinds = ["audio", "video", "screen"] as const
