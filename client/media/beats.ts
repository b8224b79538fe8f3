/**
 * Calls `tick` this often a second, until what it gives is called. The beats are those of a clock, and do not drift with
 * what each tick takes. Beats that are over when a tick comes are left out: `missed` says how many.
 */
export const everyBeat = (perSecond: number, tick: (missed: number) => void): (() => void) => {
  const start = performance.now()
  let beat = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const at = (beat: number) => start + (beat * 1000) / perSecond
  const wait = () => {
    timer = setTimeout(run, at(beat + 1) - performance.now())
  }
  const run = () => {
    // A timer may fire a fraction of a millisecond early, and is still this beat's.
    const now = Math.max(beat + 1, Math.floor(((performance.now() - start) * perSecond) / 1000))
    const missed = now - beat - 1
    beat = now
    wait()
    tick(missed)
  }
  wait()
  return () => clearTimeout(timer)
}

/**
 * The same for somebody who may be slower, and would drown in beats: the next one is said once `heard`, which this gives,
 * was called for the last.
 */
export const everyBeatHeard = (perSecond: number, say: (missed: number) => void): (() => void) => {
  let unheard = false
  let left = 0
  everyBeat(perSecond, (missed) => {
    left += missed
    if (unheard) {
      left++
      return
    }
    unheard = true
    say(left)
    left = 0
  })
  return () => {
    unheard = false
  }
}
