/**
 * The messages that peers send each other on the control channel, as JSON texts. Each direction has its own messages,
 * so that a guest cannot send what only a host may. Peers are never trusted: a text that is no such message is dropped.
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { ProgrammeLayout } from "../media/programme/scene.js"
import { ChatLine, ChatText, History, SentId } from "./chat.js"
import { Name } from "./cleanNameSchema.js"
import { maxParticipants, type Participant } from "./participants.js"
import { type Lines, lineSteps } from "./quality/wanted.js"

const exactly = { exact: true } as const

const LinesSchema: Schema.Schema<Lines> = Schema.Literal(...lineSteps)

/** How large this side shows what the other side sends, in lines. 0: nobody sees it, and it need not be sent. */
const WantedMessage = Schema.Struct({ type: Schema.Literal("wanted"), camera: LinesSchema, screen: LinesSchema })

/** What a guest's page sends to its host's. */
export const GuestMessage = Schema.Union(
  WantedMessage,
  /** The guest leaves. */
  Schema.Struct({ type: Schema.Literal("bye") }),
  /** The guest's page closes, and the guest may be back: its place is to be kept. */
  Schema.Struct({ type: Schema.Literal("away") }),
  /** `id`: made by the guest's page, the same when it is repeated. `aside`: only for the host. */
  Schema.Struct({
    type: Schema.Literal("chat"),
    text: ChatText,
    id: Schema.optionalWith(SentId, exactly),
    aside: Schema.optionalWith(Schema.Boolean, exactly)
  }),
  Schema.Struct({ type: Schema.Literal("hand"), raised: Schema.Boolean }),
  /** What the guest sends now. */
  Schema.Struct({
    type: Schema.Literal("sending"),
    camera: Schema.Boolean,
    microphone: Schema.Boolean,
    screen: Schema.Boolean
  })
)
export type GuestMessage = typeof GuestMessage.Type

const ParticipantSchema: Schema.Schema<Participant> = Schema.Struct({
  name: Name,
  camera: Schema.Boolean,
  microphone: Schema.Boolean,
  hand: Schema.Boolean,
  shown: Schema.Boolean
})

const LayoutSchema: Schema.Schema<ProgrammeLayout> = Schema.Literal("everyone", "speaker", "one", "screen")

/** What a host's page sends to a guest's. */
export const HostMessage = Schema.Union(
  WantedMessage,
  /** The host leaves; `end`: it ends the session for all. */
  Schema.Struct({ type: Schema.Literal("bye"), end: Schema.optionalWith(Schema.Boolean, exactly) }),
  /** The host's page closes, and the host may be back: the room is kept. */
  Schema.Struct({ type: Schema.Literal("away") }),
  Schema.Struct({ type: Schema.Literal("chat"), ...ChatLine.fields }),
  History,
  /** Asks the guest's page to mute. */
  Schema.Struct({ type: Schema.Literal("mute") }),
  Schema.Struct({ type: Schema.Literal("lower-hand") }),
  /** The guest writes more lines than are taken. It must send those that do not come back again, later. */
  Schema.Struct({ type: Schema.Literal("slow-down") }),
  Schema.Struct({ type: Schema.Literal("recording"), on: Schema.Boolean }),
  /**
   * What comes on the first video: the programme in this layout, or, if that is null, the host's camera. `large`: the
   * name of the participant who is large in it; `you`: that is this guest.
   */
  Schema.Struct({
    type: Schema.Literal("programme"),
    layout: Schema.NullOr(LayoutSchema),
    large: Schema.NullOr(Name),
    you: Schema.Boolean
  }),
  /** Who is in, as `Participants` has it. */
  Schema.Struct({
    type: Schema.Literal("participants"),
    list: Schema.Array(ParticipantSchema).pipe(Schema.maxItems(maxParticipants)),
    total: Schema.Int.pipe(Schema.positive()),
    you: Schema.NullOr(Schema.NonNegativeInt)
  }),
  /** Only this guest hears the host's voice. */
  Schema.Struct({ type: Schema.Literal("talkback"), on: Schema.Boolean }),
  /**
   * A screen comes on the second video: that of the guest of this name, or, if it is null, the host's. `you`: all
   * others see this guest's own, and nothing comes. No browser reports that a track was replaced by null.
   */
  Schema.Struct({
    type: Schema.Literal("sharing"),
    on: Schema.Boolean,
    name: Schema.NullOr(Name),
    you: Schema.Boolean
  })
)
export type HostMessage = typeof HostMessage.Type

/** A message as it travels. */
export const encodeControl = (message: GuestMessage | HostMessage): string => JSON.stringify(message)

const decoder =
  <A, I>(schema: Schema.Schema<A, I>) =>
  (text: string): A | null =>
    Either.getOrNull(Schema.decodeUnknownEither(Schema.parseJson(schema))(text))

/** Reads what a guest sent. Null: it is no message of a guest. */
export const decodeGuestMessage = decoder(GuestMessage)

/** Reads what the host sent. Null: it is no message of a host. */
export const decodeHostMessage = decoder(HostMessage)

const reader =
  <A>(decode: (text: string) => A | null) =>
  (text: string): Effect.Effect<A | null> =>
    Effect.suspend(() => {
      const message = decode(text)
      return message === null
        ? Effect.as(Effect.logDebug("A control message was dropped.", text.slice(0, 100)), null)
        : Effect.succeed(message)
    })

/** Reads what a guest sent, and logs what is dropped. */
export const readGuestMessage = reader(decodeGuestMessage)

/** Reads what the host sent, and logs what is dropped. */
export const readHostMessage = reader(decodeHostMessage)
