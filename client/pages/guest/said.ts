import type { ProgrammeLayout } from "../../media/programme/scene.js"
import type { HostMessage } from "../../rtc/control.js"
import type { Participants } from "../../rtc/participants.js"

/** What the host says of the conference, until it says otherwise or is gone. */
export interface Said {
  /** Who is in, the host first: null until the host has said it. */
  readonly participants: Participants | null
  readonly recording: boolean
  /** What comes on the first video: the programme in this layout, or, where that is null, the host's camera. */
  readonly programme: {
    readonly layout: ProgrammeLayout | null
    /** The name of who is large in it. */
    readonly large: string | null
    /** That is this guest. */
    readonly you: boolean
  }
  /** Whose screen is shown to all: a guest's name, or null for the host. `you`: this guest's. Null: nobody's. */
  readonly sharing: { readonly name: string | null; readonly you: boolean } | null
  readonly talkback: boolean
}

/** Before the host has said anything, and once it is gone. */
export const nothingSaid: Said = {
  participants: null,
  recording: false,
  programme: { layout: null, large: null, you: false },
  sharing: null,
  talkback: false
}

/** What is said after this message. */
export const hear = (said: Said, message: HostMessage): Said => {
  switch (message.type) {
    case "participants":
      return { ...said, participants: message }
    case "recording":
      return { ...said, recording: message.on }
    case "programme": {
      const { large, layout, you } = message
      return { ...said, programme: { layout, large, you } }
    }
    case "sharing":
      return { ...said, sharing: message.on ? { name: message.name, you: message.you } : null }
    case "talkback":
      return { ...said, talkback: message.on }
    default:
      return said
  }
}
