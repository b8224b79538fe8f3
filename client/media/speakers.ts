/** The picked speaker has gone, and the system's plays instead; or it is back. `of`: its name, where it is known. */
export interface SpeakerChange {
  readonly _tag: "Instead" | "Back"
  readonly of: string
}

interface Sinks {
  /** What plays now and played before, as `setSinkId` takes it; empty: the system's. Undefined: nothing is known yet. */
  readonly before: string | undefined
  readonly now: string
  /** The name of what the person picked; undefined where that is the system's speaker. */
  readonly picked: string | undefined
  /** What was said last, and was not read yet. */
  readonly said: SpeakerChange | undefined
}

/** What is to be said of a change of speakers that nobody asked for. */
export const speakerChange = ({ before, now, picked, said }: Sinks): SpeakerChange | undefined => {
  if (before === undefined || picked === undefined) return undefined
  if (before !== "" && now === "") return { _tag: "Instead", of: picked }
  return now !== "" && said?._tag === "Instead" ? { _tag: "Back", of: picked } : undefined
}
