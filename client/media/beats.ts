/**
 * Calls `tick` this often a second, until the returned function is called. The beats do not drift, however long each
 * tick takes. Beats that are past when a tick comes are left out: `missed` is their number.
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
    // A timer may fire a fraction of a millisecond early, and still belongs to this beat.
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
 * The same for a slower receiver, which would drown in beats: the next one is sent once the returned function was
 * called for the previous one.
 */
export const everyBeatHeard = (perSecond: number, send: (missed: number) => void): (() => void) => {
  let isAnswerPending = false
  let missedMeanwhile = 0
  everyBeat(perSecond, (missed) => {
    missedMeanwhile += missed
    if (isAnswerPending) {
      missedMeanwhile++
      return
    }
    isAnswerPending = true
    send(missedMeanwhile)
    missedMeanwhile = 0
  })
  return () => {
    isAnswerPending = false
  }
}
