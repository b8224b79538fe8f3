/**
 * The level of one frequency in these samples, in decibels: 0 is a sine over the whole range, and an absent tone is far
 * below -100. By Goertzel's algorithm over a Hann window, so that no other tone leaks into it.
 */
export const loudnessAt = (samples: Float32Array, frequency: number, sampleRate: number): number => {
  const turn = (2 * Math.PI * frequency) / sampleRate
  const coefficient = 2 * Math.cos(turn)
  let [last, before] = [0, 0]
  samples.forEach((sample, index) => {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length)
    const now = weight * sample + coefficient * last - before
    before = last
    last = now
  })
  const power = last * last + before * before - coefficient * last * before
  // The window's weights add up to half its length.
  const amplitude = (4 * Math.sqrt(Math.max(power, 0))) / samples.length
  return 20 * Math.log10(Math.max(amplitude, 1e-10))
}
