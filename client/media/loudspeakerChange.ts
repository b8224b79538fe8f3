/** The picked loudspeaker is gone, and the system's plays instead; or it is back. `of`: its name. */
export interface LoudspeakerChange {
  readonly _tag: "Instead" | "Back"
  readonly of: string
}

interface Sinks {
  /** The loudspeaker before and now, as `setSinkId` takes it; empty: the system's. Undefined: not known yet. */
  readonly before: string | undefined
  readonly now: string
  /** The name of the loudspeaker that the person picked; undefined if that is the system's. */
  readonly picked: string | undefined
  /** The last change that was shown, and not dismissed yet. */
  readonly said: LoudspeakerChange | undefined
}

/** The change to show, if nobody asked for it. */
export const loudspeakerChange = ({ before, now, picked, said }: Sinks): LoudspeakerChange | undefined => {
  if (before === undefined || picked === undefined) return undefined
  if (before !== "" && now === "") return { _tag: "Instead", of: picked }
  return now !== "" && said?._tag === "Instead" ? { _tag: "Back", of: picked } : undefined
}
