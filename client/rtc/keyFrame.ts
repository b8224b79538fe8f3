/** WebRTC Extensions, RTCSetParameterOptions. A browser that lacks it takes no notice of the second parameter. */
type SetParameters = (
  parameters: RTCRtpSendParameters,
  options: { readonly encodingOptions: ReadonlyArray<{ readonly keyFrame: boolean }> }
) => Promise<void>

/** Has the next frame of a picture need none before it. */
export const sendKeyFrame = async (sender: RTCRtpSender): Promise<void> => {
  const setParameters: SetParameters = sender.setParameters.bind(sender)
  const parameters = sender.getParameters()
  await setParameters(parameters, { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) })
}

/**
 * Acts whenever a connection that stands takes another path. Firefox tells of none: there the other side asks for its key
 * frame once it has waited long enough for what was lost.
 */
export const onNewPath = (peer: RTCPeerConnection, act: () => void): void => {
  const transport = peer.getSenders()[0]?.transport?.iceTransport
  if (transport !== undefined) transport.onselectedcandidatepairchange = act
}
