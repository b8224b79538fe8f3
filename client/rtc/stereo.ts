/** The payload types of Opus in an SDP (RFC 7587, section 7). */
const opusOf = (sdp: string): ReadonlyArray<string> =>
  [...sdp.matchAll(/^a=rtpmap:(\d+) opus\/48000\/2\r?$/gim)].flatMap(([, type]) => (type === undefined ? [] : [type]))

const stereoParameters = ["stereo", "sprop-stereo"] as const

const withStereo = (parameters: string): string => {
  const others = parameters
    .split(";")
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter !== "" && !stereoParameters.some((name) => parameter.startsWith(`${name}=`)))
  return [...others, ...stereoParameters.map((name) => `${name}=1`)].join(";")
}

/**
 * The description with Opus in two channels, sent and received: browsers offer one. Both descriptions have it from the
 * start, so that nothing is renegotiated when somebody switches to music; a voice in two equal channels costs no more.
 */
export const inStereo = (sdp: string): string => {
  const types = opusOf(sdp)
  const changedTypes = new Set<string>()
  const changed = sdp.replace(/^a=fmtp:(\d+) ([^\r\n]*)/gm, (line, type: string, parameters: string) => {
    if (!types.includes(type)) return line
    changedTypes.add(type)
    return `a=fmtp:${type} ${withStereo(parameters)}`
  })
  // A description may have no parameters for Opus yet.
  return changed.replace(/^(a=rtpmap:(\d+) [^\r\n]*)(\r?\n)/gm, (line, map: string, type: string, end: string) =>
    types.includes(type) && !changedTypes.has(type) ? `${map}${end}a=fmtp:${type} ${withStereo("")}${end}` : line
  )
}
