import { Show } from "solid-js"
import { bothText, changeText, problemText, speakerText } from "../../i18n/problemText.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import type { MediaProblem } from "../../media/MediaDevices.js"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import type { DeviceModel } from "./createDevice.js"
import type { DevicesModel } from "./createDevices.js"

/**
 * Problems of devices, and changes that happened by themselves: each with the button that fixes it, until dismissed.
 */
export const DeviceTroubles = (props: {
  readonly devices: Pick<DevicesModel, "camera" | "microphone" | "speaker">
}) => {
  const both = () => {
    const { camera, microphone } = props.devices
    const [one, other] = [unread(camera), unread(microphone)]
    return one !== undefined && one._tag === other?._tag ? bothText(one) : undefined
  }
  const retryBoth = () => {
    props.devices.camera.turnOn()
    props.devices.microphone.turnOn()
  }
  const dismiss = () => {
    dismissProblem(props.devices.camera)
    dismissProblem(props.devices.microphone)
  }
  return (
    <>
      <Show
        when={both()}
        fallback={
          <>
            <DeviceTrouble device={props.devices.camera} />
            <DeviceTrouble device={props.devices.microphone} />
          </>
        }
      >
        {(words) => (
          <Notice status={words()} role="alert" closable onClose={dismiss}>
            <Button onClick={retryBoth}>{t.media.tryAgain()}</Button>
          </Notice>
        )}
      </Show>
      <Show when={props.devices.speaker.change()}>
        {(change) => (
          <Notice
            status={speakerText(change())}
            role="status"
            closable
            transient={change()._tag === "Back"}
            onClose={props.devices.speaker.dismiss}
          />
        )}
      </Show>
    </>
  )
}

/** The problem that keeps a device from working, if it was not dismissed. A lost device is a `trouble`. */
const unread = (device: DeviceModel): MediaProblem | undefined => {
  const problem = device.problem()
  return problem === device.dismissed() || problem?._tag === "DeviceLost" ? undefined : problem
}

const dismissProblem = (device: DeviceModel) => {
  const problem = device.problem()
  if (problem !== undefined) device.dismiss(problem)
}

const DeviceTrouble = (props: { readonly device: DeviceModel }) => (
  <>
    <Show when={props.device.trouble()}>
      {(trouble) => {
        const words = () => t.media.trouble[props.device.kind][trouble()]
        return (
          <Notice status={statusText("warn", words())} role="alert">
            <Button variant="main" onClick={() => props.device.turnOn()}>
              {words().mend()}
            </Button>
          </Notice>
        )
      }}
    </Show>
    <Show when={unread(props.device)}>
      {(problem) => (
        <Notice status={problemText(problem())} role="alert" closable onClose={() => props.device.dismiss(problem())}>
          <Button onClick={() => props.device.turnOn()}>{t.media.tryAgain()}</Button>
        </Notice>
      )}
    </Show>
    <Changed device={props.device} />
  </>
)

/** Another device is in use now, because one was unplugged or is back. */
const Changed = (props: { readonly device: DeviceModel }) => {
  const change = () => {
    const current = props.device.change()
    return current === undefined || current === props.device.dismissed() ? undefined : current
  }
  return (
    <Show when={change()}>
      {(current) => (
        <Notice
          status={changeText(props.device.kind, current(), props.device.track()?.label ?? "")}
          role="status"
          closable
          transient={current()._tag === "Back"}
          onClose={() => props.device.dismiss(current())}
        />
      )}
    </Show>
  )
}
