import * as Config from "effect/Config"
import * as ConfigError from "effect/ConfigError"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { RoomId } from "./contract/Ids.js"

/** A list of words, split at commas or spaces. */
const words = (name: string) =>
  Config.string(name).pipe(
    Config.map((value) => value.split(/[\s,]+/).filter((word) => word !== "")),
    Config.withDefault<ReadonlyArray<string>>([])
  )

/** A wrong value. A config adds the setting's name to the message itself, unless it has a default or reads several. */
const wrong = (message: string, ...name: ReadonlyArray<string>) =>
  Either.left(ConfigError.InvalidData([...name], message))

/** Connected guests poll every 5 minutes, and presence is stored once a minute: a shorter time would lose them. */
const minSpan = Duration.minutes(10)

/** A duration, within bounds: `4 hours`, `90 seconds`, or a number of seconds. */
const span = (
  name: string,
  bounds: { readonly fallback: Duration.DurationInput; readonly max: Duration.DurationInput }
) =>
  Config.string(name).pipe(
    Config.mapOrFail((value) => {
      const parsed = /^\d+$/.test(value)
        ? Option.some(Duration.seconds(Number(value)))
        : Duration.decodeUnknown(
            value.replace(/^(\d+(?:\.\d+)?)\s*h$/, "$1 hours").replace(/^(\d+)\s*m$/, "$1 minutes")
          )
      return Option.match(parsed, {
        onNone: () => wrong(`"${value}" is not a duration. Write it like "4 hours", "90 seconds" or "3600".`),
        onSome: (duration) =>
          Duration.between(duration, { minimum: minSpan, maximum: Duration.decode(bounds.max) })
            ? Either.right(duration)
            : wrong(
                `"${value}" is out of bounds: at least ${Duration.format(minSpan)}, at most ${Duration.format(bounds.max)}.`
              )
      })
    }),
    Config.withDefault(Duration.decode(bounds.fallback))
  )

/** A whole number, within bounds. */
const count = (name: string, bounds: { readonly fallback: number; readonly min: number; readonly max: number }) =>
  Config.integer(name).pipe(
    Config.mapOrFail((value) =>
      value >= bounds.min && value <= bounds.max
        ? Either.right(value)
        : wrong(`${value} is out of bounds: ${bounds.min} to ${bounds.max}.`)
    ),
    Config.withDefault(bounds.fallback)
  )

/** `stun:` and `turn:` URLs (RFC 7064, RFC 7065), separated by commas or spaces. */
const iceUrls = (name: string, schemes: RegExp, example: string) =>
  words(name).pipe(
    Config.mapOrFail((urls) => {
      const bad = urls.find((url) => !schemes.test(url))
      return bad === undefined
        ? Either.right(urls)
        : wrong(`"${bad}" is not a URL of this kind. Write it like "${example}".`, name)
    })
  )

const origins = words("ALLOWED_ORIGINS").pipe(
  Config.mapOrFail((list) => {
    const bad = list.find((origin) => origin !== "*" && !(URL.canParse(origin) && new URL(origin).origin === origin))
    return bad === undefined
      ? Either.right(list.length === 0 || list.includes("*") ? Option.none() : Option.some(list))
      : wrong(`"${bad}" is not an origin. Write it like "https://example.com".`, "ALLOWED_ORIGINS")
  })
)

const room = Config.string("DEFAULT_ROOM").pipe(
  Config.mapOrFail((value) =>
    Either.mapLeft(Schema.decodeUnknownEither(RoomId)(value), () =>
      ConfigError.InvalidData([], `"${value}" is not a room name. Write 1 to 64 of A-Z a-z 0-9 _ -.`)
    )
  ),
  Config.withDefault(RoomId.make("main"))
)

/** Two settings that only make sense together. */
const pair = <A, B>(
  names: readonly [string, string],
  first: Config.Config<Option.Option<A>>,
  second: Config.Config<Option.Option<B>>
) =>
  Config.all([first, second]).pipe(
    Config.mapOrFail(([a, b]) =>
      Option.isSome(a) === Option.isSome(b)
        ? Either.right(Option.all([a, b]))
        : wrong(`is missing: ${names[0]} and ${names[1]} go together.`, names[Option.isSome(a) ? 1 : 0])
    )
  )

const icePolicy = Config.literal("all", "relay")("ICE_POLICY").pipe(Config.withDefault("all" as const))

const secret = (name: string) => Config.redacted(Config.nonEmptyString(name)).pipe(Config.option)

/** All settings, with their defaults. A wrong value fails with a message that names it. */
const settings = Config.all({
  /** The origins whose pages may call the API; none: all. */
  allowedOrigins: origins,
  defaultRoom: room,
  hostPassword: secret("HOST_PASSWORD"),
  /** A peer that is unseen for this long is deleted, and a host's claim ends. */
  peerTtl: span("PEER_TTL", { fallback: "1 hour", max: "7 days" }),
  messageTtl: span("MESSAGE_TTL", { fallback: "1 hour", max: "7 days" }),
  maxGuests: count("MAX_GUESTS", { fallback: 50, min: 1, max: 500 }),
  /** The most guests that wait to be let in. They do not count as `maxGuests`. */
  maxWaiting: count("MAX_WAITING", { fallback: 50, min: 1, max: 500 }),
  /** The most messages of 4 kB that one sender may have in an inbox. The largest message fits into the minimum. */
  maxUnread: count("MAX_UNREAD", { fallback: 256, min: 20, max: 10_000 }),
  turnTtl: span("TURN_TTL", { fallback: "4 hours", max: "48 hours" }),
  /** The most sets of relay credentials that the whole deployment gives out in an hour. */
  turnPerHour: count("TURN_PER_HOUR", { fallback: 1200, min: 1, max: 1_000_000 }),
  /** `relay` sends all media through the relay, so that no peer learns another's address. */
  icePolicy,
  stunUrls: iceUrls("STUN_URLS", /^stuns?:[^\s?]+$/, "stun:stun.example.com:3478").pipe(
    Config.map((urls) => (urls.length === 0 ? ["stun:stun.cloudflare.com:3478"] : urls))
  ),
  cloudflareTurn: pair(
    ["TURN_KEY_ID", "TURN_KEY_API_TOKEN"],
    Config.nonEmptyString("TURN_KEY_ID").pipe(Config.option),
    secret("TURN_KEY_API_TOKEN")
  ),
  sharedSecretTurn: pair(
    ["TURN_URLS", "TURN_SECRET"],
    iceUrls("TURN_URLS", /^turns?:\S+$/, "turn:turn.example.com:3478?transport=udp").pipe(
      Config.map(Option.liftPredicate((urls) => urls.length > 0))
    ),
    secret("TURN_SECRET")
  )
})

/** Refuses the policy `relay` without a relay: every call would fail. */
const checked = settings.pipe(
  Config.mapOrFail((values) =>
    values.icePolicy === "relay" && Option.isNone(values.cloudflareTurn) && Option.isNone(values.sharedSecretTurn)
      ? wrong(
          "is relay, but no relay is configured: set TURN_KEY_ID and TURN_KEY_API_TOKEN, or TURN_URLS and TURN_SECRET.",
          "ICE_POLICY"
        )
      : Either.right(values)
  )
)

/** The deployment's settings, read once when the service starts. */
export class Settings extends Effect.Service<Settings>()("Settings", { effect: checked }) {}
