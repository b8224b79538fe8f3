/** WebRTC Extensions, RTCSetParameterOptions. A browser that lacks it ignores the second parameter. */
type SetParameters = (
  parameters: RTCRtpSendParameters,
  options: { readonly encodingOptions: ReadonlyArray<{ readonly keyFrame: boolean }> }
) => Promise<void>

/** Makes the next frame of a picture a key frame, which needs none before it. */
export const sendKeyFrame = async (sender: RTCRtpSender): Promise<void> => {
  const setParameters: SetParameters = sender.setParameters.bind(sender)
  const parameters = sender.getParameters()
  await setParameters(parameters, { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) })
}

/**
 * Calls `act` whenever an established connection switches to another path. Firefox reports none: there the other side
 * requests its key frame once it has waited long enough for what was lost.
 */
export const onNewPath = (peer: RTCPeerConnection, act: () => void): void => {
  const transport = peer.getSenders()[0]?.transport?.iceTransport
  if (transport !== undefined) transport.onselectedcandidatepairchange = act
}
