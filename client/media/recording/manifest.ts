import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"

/** One file of a recording, and its place on the time line. */
export const ManifestSegment = Schema.Struct({
  file: Schema.String,
  /** The person's name when the segment began. */
  name: Schema.String,
  /** The peer's id, `host`, or `programme` for all together. */
  peer: Schema.String,
  kind: Schema.Literal("camera", "screen", "sound", "programme"),
  mime: Schema.String,
  /** When its first frame was taken, in milliseconds since the recording's start: an editor puts the file there. */
  offsetMs: Schema.Number,
  /** Null if the page ended before the segment did, until the file is finished. */
  durationMs: Schema.NullOr(Schema.Number),
  bytes: Schema.Number,
  /** Whether the file was finished: it has its duration and can be searched. False: the bytes as they were recorded. */
  finished: Schema.Boolean
})
export type ManifestSegment = typeof ManifestSegment.Type

/**
 * What a recording consists of: `manifest.json` beside its files. It is shared together with them, and so does not
 * contain the room's name, which lets people in.
 */
export const Manifest = Schema.Struct({
  version: Schema.Literal(1),
  /** ISO 8601, UTC. */
  startedAt: Schema.String,
  /**
   * Until when it ran: ISO 8601, UTC. Written again every two seconds, or, with more than 200 files, every 10 ms for
   * each file: after a crash it is too early by that at most. The manifests of older pages do not have it.
   */
  recordedUntil: Schema.optionalWith(Schema.String, { exact: true }),
  segments: Schema.Array(ManifestSegment)
})
export type Manifest = typeof Manifest.Type

/** A manifest as it is stored while the recording is in the browser's own file system. */
export const StoredManifest = Schema.Struct({
  /** Counts the writes: the higher of two is the newer. */
  revision: Schema.Number,
  /** The files were given to the browser's downloads. No event tells whether they arrived. */
  downloaded: Schema.Boolean,
  /** Whether the host ended it. False: it is running, or its page went away, and it may go on. */
  ended: Schema.Boolean,
  /** The room in which it goes on by itself. */
  room: Schema.String,
  manifest: Manifest
})
export type StoredManifest = typeof StoredManifest.Type

/** As older pages stored it: the room is in the manifest itself. */
const OlderStoredManifest = Schema.Struct({
  ...Struct.omit(StoredManifest.fields, "room"),
  manifest: Schema.Struct({ ...Manifest.fields, room: Schema.String })
})

export const encodeStoredManifest = Schema.encodeSync(Schema.parseJson(StoredManifest))
const decodeAny = Schema.decodeUnknownOption(Schema.parseJson(Schema.Union(StoredManifest, OlderStoredManifest)))

const decodeStoredManifest = (text: string): Option.Option<StoredManifest> =>
  Option.map(decodeAny(text), (stored) => {
    if ("room" in stored) return stored
    const { room, ...manifest } = stored.manifest
    return { ...stored, room, manifest }
  })

/** The newest manifest in the slots; null if there is none. */
export const newestStoredManifest = (slots: ReadonlyArray<string | null>): StoredManifest | null =>
  slots
    .flatMap((text) => (text === null ? [] : Option.toArray(decodeStoredManifest(text))))
    .reduce<StoredManifest | null>(
      (newest, stored) => (newest === null || stored.revision > newest.revision ? stored : newest),
      null
    )

/** The text of a manifest.json for people and programs. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`
