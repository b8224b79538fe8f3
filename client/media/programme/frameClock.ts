/**
 * Calls `tick` this often a second, until what it gives is called. The beats are those of a clock, and do not drift with
 * what each tick takes. Beats that are over when a tick comes are left out: `missed` says how many.
 */
export const everyFrame = (perSecond: number, tick: (missed: number) => void): (() => void) => {
  const start = performance.now()
  let beat = 0
  let timer = 0
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
