import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js"
import { browserMemory } from "../../browser/memory.js"
import { unmarked } from "../../i18n/isolated.js"
import { type Chime, makeChimes } from "../../media/Chimes.js"
import { onPress } from "../../media/presses.js"
import { chimed, makeRateLimitByKey } from "../../rtc/rateLimits.js"

/** Something that happened, for a person who looks elsewhere. */
export interface Announcement {
  /** Null: none. */
  readonly chime: Chime | null
  /** In the language that is shown. */
  readonly words: () => string
  /** It is announced to screen readers, because no other part of the page does that. */
  readonly aloud: boolean
}

/** How long the title shows an announcement while the page is visible, in milliseconds. */
const titleDuration = 6_000

/**
 * Draws a person's attention: a chime, and a few words in the tab's title, which stay there for as long as the tab is
 * hidden.
 */
export const createAttention = (options: {
  readonly visible: Accessor<boolean>
  /** Which loudspeaker plays the chimes. */
  readonly sinkId: Accessor<string>
  /** How many things wait for the person. */
  readonly count: Accessor<number>
}) => {
  const [sounds, setSounds] = createSignal(browserMemory.get("sounds-off") === null)
  const [news, setNews] = createSignal<Announcement>()
  const chimes = makeChimes()
  const isWithinLimit = makeRateLimitByKey(chimed)
  onCleanup(onPress(chimes.unlock))
  onCleanup(chimes.close)
  createEffect(on(options.sinkId, chimes.setSink, { defer: true }))
  createEffect(() => {
    if (news() === undefined || !options.visible()) return
    const timer = setTimeout(() => setNews(undefined), titleDuration)
    onCleanup(() => clearTimeout(timer))
  })

  return {
    /** Whether chimes are played. Remembered. */
    sounds,
    setSounds: (on: boolean) => {
      setSounds(on)
      if (on) browserMemory.remove("sounds-off")
      else browserMemory.set("sounds-off", "1")
    },
    announce: (what: Announcement) => {
      setNews(what)
      // Many events at once make one sound.
      if (what.chime !== null && sounds() && isWithinLimit(what.chime, Date.now())) chimes.play(what.chime)
    },
    /** What happened last, for screen readers. */
    announced: () => {
      const latest = news()
      return latest?.aloud === true ? unmarked(latest.words()) : ""
    },
    /** The beginning of the page's title. */
    title: () => {
      const count = options.count() > 0 ? `(${options.count()}) ` : ""
      const words = news()?.words()
      return words === undefined ? count : `${count}${words} · `
    }
  } as const
}
