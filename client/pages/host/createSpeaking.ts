import { type Accessor, createMemo } from "solid-js"
import { type Speaking, silence, speakingAfter } from "../../media/speaking.js"
import { sameMembers } from "../../solid/same.js"

/**
 * Who speaks now, and who is the active speaker, by how loud each voice is (0 to 1). The host is `hostVoice` among
 * them.
 */
export const createSpeaking = (levels: Accessor<ReadonlyMap<string, number>>) => {
  const speech = createMemo<Speaking>((previous) => speakingAfter(previous, levels(), performance.now()), silence)
  return {
    speaking: createMemo(() => speech().now, new Set<string>(), { equals: sameMembers }),
    activeSpeaker: createMemo(() => speech().activeSpeaker)
  } as const
}
