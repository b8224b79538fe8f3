import type { ProgrammeLayout } from "../../media/programme/scene.js"
import type { HostMessage } from "../../rtc/control.js"
import type { Participants } from "../../rtc/participants.js"

/** What the host's page last reported about the conference. */
export interface Said {
  /** The participants, the host first. Null until the host's page has reported them. */
  readonly participants: Participants | null
  readonly recording: boolean
  /** What the first video shows: the programme in this layout, or, if that is null, the host's camera. */
  readonly programme: {
    readonly layout: ProgrammeLayout | null
    /** The name of who is large in it. */
    readonly large: string | null
    /** This guest is large. */
    readonly you: boolean
  }
  /** Whose screen is shown to all: a guest's name, or null for the host. `you`: this guest's. Null: nobody's. */
  readonly sharing: { readonly name: string | null; readonly you: boolean } | null
  readonly talkback: boolean
}

/** Before the host's page has reported anything, and once it is gone. */
export const nothingSaid: Said = {
  participants: null,
  recording: false,
  programme: { layout: null, large: null, you: false },
  sharing: null,
  talkback: false
}

/** What is known after this message. */
export const saidAfter = (said: Said, message: HostMessage): Said => {
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
