/** How long a recording can go on in the space that the browser grants this page. */

/** From `navigator.storage.estimate`, in bytes. */
export interface Space {
  readonly quota: number
  readonly usage: number
}

/** How much was written by which time: `at` in milliseconds of any clock. */
export interface Written {
  readonly at: number
  readonly bytes: number
}

/** Kept free, in bytes: for the last chunks, the manifest and whatever else this page stores. */
export const reservedBytes = 100e6

/** The host is told when less time than this is left. */
export const warnSeconds = 600

/** How far back the rate is measured: cameras come and go, and pictures differ. */
const rateMs = 60_000

/** Over a shorter time no rate is known: the first chunks come late and all at once. */
const minRateMs = 5_000

/** The samples that count for the rate, the newest last. */
export const withSample = (samples: ReadonlyArray<Written>, now: Written): ReadonlyArray<Written> => [
  ...samples.filter(({ at }) => now.at - at <= rateMs),
  now
]

/** Bytes per second; null until that is known. */
export const rateOf = (samples: ReadonlyArray<Written>): number | null => {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.at - first.at < minRateMs) return null
  return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000
}

/**
 * Bytes that may still be recorded. `written`: the bytes since `first` was measured, since browsers count new bytes
 * late. A disk that is tidied up meanwhile may have more.
 */
export const freeBytes = (first: Space, now: Space, written: number): number =>
  Math.max(0, now.quota - Math.max(now.usage, first.usage + written) - reservedBytes)

/** Seconds; null while nothing grows or the rate is not known. */
export const secondsLeft = (free: number, rate: number | null): number | null =>
  rate === null || rate <= 0 ? null : free / rate
