import * as Effect from "effect/Effect"
import { type Accessor, createEffect, createMemo, createSignal, untrack } from "solid-js"
import { PartUnloaded } from "../../app/part.js"
import { hostVoice } from "../../media/mixMinus.js"
import { peopleIn } from "../../media/programme/arrange.js"
import type { Composer, ComposerBroken, OpenComposer } from "../../media/programme/Composer.js"
import type { onFirstFrame } from "../../media/unseenVideo.js"
import type { HostMessage } from "../../rtc/control.js"
import type { GuestView } from "../../rtc/States.js"
import { createLingering } from "../../solid/createLingering.js"
import { createOpened } from "../../solid/createOpened.js"
import { fromObservable } from "../../solid/fromObservable.js"
import { createProgrammeLayout } from "./createProgrammeLayout.js"
import { createScene, type HostOnAir } from "./createScene.js"
import { createSharing } from "./createSharing.js"
import { createSpeaking } from "./createSpeaking.js"

/**
 * When only one guest is left, the programme goes on this long, in milliseconds, in case the other is just reloading
 * the page.
 */
const aloneDelay = 5_000

/**
 * The composer stays open this long after it was last wanted, in milliseconds, so that the senders have switched to the
 * camera before the programme's track ends: else guests would see black.
 */
const composerLinger = 2_000

/**
 * Pauses before a broken composer is opened again, in milliseconds: each is twice the previous one, up to the longest.
 */
const pauses = { first: 1_000, longest: 60_000 }

/** Loaded on demand. */
export const browserComposer = Effect.tryPromise({
  try: () => import("../../media/programme/openComposer.js"),
  catch: () => new PartUnloaded()
}).pipe(Effect.map(({ openComposer }) => openComposer))

interface ProgrammeOptions {
  readonly room: string | undefined
  readonly host: HostOnAir
  /** Guests with a connection: they and the host are in the programme. */
  readonly guests: Accessor<ReadonlyArray<GuestView>>
  /** How loud each voice is, 0 to 1; the host's is `hostVoice`. */
  readonly levels: Accessor<ReadonlyMap<string, number>>
  readonly recording: Accessor<boolean>
  /** The share of the wanted work that this machine can do; less than 1: the machine is overloaded. */
  readonly machineShare: Accessor<number>
  readonly composer: Effect.Effect<OpenComposer, PartUnloaded>
  readonly onFirstFrame: typeof onFirstFrame
}

/**
 * What guests see. One guest gets the host's camera as it is. Two and more get the programme, one picture of all, once
 * its first frame is there. With one guest it is composed only for a recording, or while the host looks at it.
 */
export const createProgramme = (options: ProgrammeOptions) => {
  const { composer, guests, host, levels, machineShare, onFirstFrame, recording, room } = options
  const { activeSpeaker, speaking } = createSpeaking(levels)
  const sharing = createSharing({ guests, screen: host.screen, onFirstFrame })
  const people = createMemo(() => [hostVoice, ...guests().map(({ peer }) => peer.id)])
  const layout = createProgrammeLayout({ room, people, activeSpeaker, sharer: sharing.sharer })
  const { pictures, scene } = createScene({ host, guests, speaking, layout, sharing })

  const [watched, setWatched] = createSignal(false)
  /** Also true for `aloneDelay` after all guests but one have left. */
  const hasSeveralGuests = createLingering(() => guests().length > 1, aloneDelay)
  /**
   * Whether the programme is composed for a recording: from the first guest on until the recording ends. Without guests
   * it would show only the host, who is recorded in a separate file anyway.
   */
  const recorded = createMemo<boolean>((previous) => recording() && (previous || guests().length > 0), false)
  const wanted = createMemo(() => recorded() || (guests().length > 0 && (hasSeveralGuests() || watched())))
  const isComposing = createLingering(wanted, composerLinger)

  const opened = createOpened<Composer, PartUnloaded | ComposerBroken>()
  let pause = pauses.first
  const open = (after = 0): void =>
    opened.open(
      Effect.gen(function* () {
        const made = yield* yield* composer
        const reopen = ({ message }: { readonly message: string }) =>
          Effect.zipRight(
            Effect.logWarning(`The programme failed, and is started again. ${message}`),
            Effect.sync(() => {
              open(pause)
              pause = Math.min(2 * pause, pauses.longest)
            })
          )
        yield* Effect.forkScoped(Effect.catchAll(made.broken, reopen))
        untrack(() => {
          made.setPictures(pictures())
          made.show(scene())
        })
        yield* made.ready
        return made
      }).pipe(
        Effect.tapErrorTag("ComposerBroken", ({ message }) =>
          Effect.logWarning(`The programme could not be started. ${message}`)
        ),
        Effect.delay(after)
      )
    )
  createEffect(() => {
    pause = pauses.first
    if (isComposing()) open()
    else opened.close()
  })
  createEffect(() => opened.current()?.setPictures(pictures()))
  createEffect(() => opened.current()?.show(scene()))
  // Calls take at most 15 frames a second then (qualityControl.ts). A recorded programme has half its frames, too.
  createEffect(() => opened.current()?.setHalfRate(machineShare() < 1))

  const track = createMemo(() => opened.current()?.track ?? null)
  const guestsGetProgramme = createMemo(() => hasSeveralGuests() && track() !== null)
  const composerScene = createMemo(() => {
    const current = opened.current()
    return current && fromObservable(current.scene)
  })
  /** The scene that guests are sent now, and are told about. Null: they do not get the programme. */
  const sentScene = createMemo(() => (guestsGetProgramme() ? (composerScene()?.() ?? null) : null))
  /** The ids of those who are in the picture that guests get. */
  const peopleSent = createMemo(() => {
    const current = sentScene()
    return current === null ? new Set([hostVoice]) : peopleIn(current)
  })

  return {
    layout,
    sharing,
    speaking,
    scene,
    guestsGetProgramme,
    /** The programme's track, while it is composed. */
    track,
    /**
     * Why there is no programme, and guests see the host's camera: the composer was not loaded, or fails in this
     * browser.
     */
    failure: () => opened.failure()?._tag ?? null,
    retry: () => open(),
    /** Whether the host looks at the programme. */
    setWatched,
    /** What guests get on the first video. */
    video: () => (guestsGetProgramme() ? track() : host.camera()),
    /** Whether this person (the host is `hostVoice`) is in the picture that guests get. */
    isShown: (id: string) => peopleSent().has(id),
    messageFor: (guest: string): HostMessage => {
      const current = sentScene()
      const large = current?.people.find(({ id }) => id === current.large)
      return {
        type: "programme",
        layout: current?.layout ?? null,
        large: large?.name ?? null,
        you: large?.id === guest
      }
    }
  } as const
}
