import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { openMixingContext } from "./mixingContext.js"

/**
 * One track with all these sounds in it, in stereo, for the m-line of a voice, which carries one. Returns once it
 * sounds: if the browser waits for a press, that may be never. It ends with the scope; its sources stay their owners'.
 */
export const mixMicrophoneAndScreen = (
  sounds: ReadonlyArray<MediaStreamTrack>
): Effect.Effect<MediaStreamTrack, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { context } = yield* openMixingContext
    const destination = new MediaStreamAudioDestinationNode(context)
    for (const sound of sounds) context.createMediaStreamSource(new MediaStream([sound])).connect(destination)
    const [track] = destination.stream.getAudioTracks()
    if (track === undefined) throw new Error("A destination node has a track for as long as it is there.")
    // Sent in full: a film has music in it.
    track.contentHint = "music"
    yield* Effect.promise(() => context.resume())
    return track
  })
