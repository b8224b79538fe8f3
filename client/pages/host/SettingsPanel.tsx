import { createSignal, Show } from "solid-js"
import { SoundsSwitch } from "../../features/attention/SoundsSwitch.js"
import { DeviceSettings } from "../../features/devices/DeviceSettings.js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import ask from "../../ui/Dialog.module.css"
import type { HostModel } from "./createHost.js"

/** The host's devices, and the button that begins another session. */
export const SettingsPanel = (props: {
  readonly model: HostModel
  readonly stage: HTMLElement | undefined
  readonly onRecordings: () => void
  readonly onShortcuts: () => void
}) => {
  const [asking, setAsking] = createSignal(false)
  const startAfresh = () => {
    setAsking(false)
    props.model.afresh()
  }
  return (
    <>
      <DeviceSettings devices={props.model} />
      <SoundsSwitch attention={props.model.attention} />
      <Show when={document.fullscreenEnabled}>
        <Button onClick={() => void props.stage?.requestFullscreen().catch(() => undefined)}>
          {t.host.stageFullScreen()}
        </Button>
      </Show>
      <Button onClick={() => props.onRecordings()}>{t.recording.shelf()}</Button>
      <Button onClick={() => props.onShortcuts()}>{t.keys.open()}</Button>
      <Button onClick={() => setAsking(true)}>{t.host.afresh()}</Button>
      <Dialog
        open={asking()}
        title={t.host.confirmAfresh()}
        detail={t.host.confirmAfreshDetail()}
        onClose={() => setAsking(false)}
      >
        <div class={ask.answers}>
          <Button onClick={() => setAsking(false)}>{t.common.cancel()}</Button>
          <Button variant="danger" onClick={startAfresh}>
            {t.host.confirmAfreshGo()}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
