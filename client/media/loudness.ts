/** Below this a microphone records only its room, in decibels of full scale. */
const noiseFloor = -60

/** The loudness of samples (-1 to 1) as heard, 0 to 1: their root mean square on a scale of decibels. */
export const loudness = (samples: ArrayLike<number>): number => {
  let sum = 0
  for (let index = 0; index < samples.length; index++) sum += (samples[index] ?? 0) ** 2
  const level = 20 * Math.log10(Math.sqrt(sum / Math.max(1, samples.length)))
  return Math.min(1, Math.max(0, (level - noiseFloor) / -noiseFloor))
}

/** Returns a function that reads the present loudness from an analyser. */
export const makeLoudnessOf = () => {
  const samples = new Float32Array(1024)
  return (analyser: AnalyserNode): number => {
    analyser.getFloatTimeDomainData(samples)
    return loudness(samples)
  }
}
