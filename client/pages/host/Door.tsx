import { type JSX, Match, Show, Switch } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { createSoundCheck } from "../../features/devices/createSoundCheck.js"
import { DeviceChoice } from "../../features/devices/DeviceChoice.js"
import { DeviceTroubles } from "../../features/devices/DeviceTroubles.js"
import { Preview } from "../../features/devices/Preview.js"
import { SoundCheck } from "../../features/devices/SoundCheck.js"
import { StoredRecordings } from "../../features/recording/StoredRecordings.js"
import { hostStatus } from "../../i18n/hostStatus.js"
import { t } from "../../i18n/t.js"
import { longestName } from "../../rtc/cleanName.js"
import lobby from "../../styles/lobby.module.css"
import { Button } from "../../ui/Button.js"
import { Field } from "../../ui/Field.js"
import { Headline } from "../../ui/Headline.js"
import { Notice } from "../../ui/Notice.js"
import type { HostModel } from "./createHost.js"
import css from "./Door.module.css"

/**
 * Before the room is open, and after: who the host is, what guests will see and hear, and the one press that opens it.
 */
export const Door = (props: { readonly model: HostModel }) => {
  const check = createSoundCheck(props.model, () => true)
  const starting = () => props.model.state()._tag === "Starting"
  const status = () => {
    const current = props.model.state()
    // If nothing is in the way, the button shows the state.
    return current._tag === "Idle" || (current._tag === "Starting" && !current.offline)
      ? undefined
      : hostStatus(current, 0)
  }
  return (
    <>
      <Brand />
      <main class={lobby.page}>
        <Preview devices={props.model} showSwitches>
          <p class={css.sends} role="status">
            {t.host.sends[whatGuestsGet(props.model)]()}
          </p>
        </Preview>
        <div class={lobby.panel}>
          <Headline>{t.host.heading()}</Headline>
          <div role="status">
            <Show when={status()} fallback={<p class={css.lead}>{t.host.lead()}</p>}>
              {(status) => <Notice status={status()} />}
            </Show>
          </div>
          <form
            class={lobby.form}
            onSubmit={(event) => {
              event.preventDefault()
              if (mayStart(props.model)) props.model.start()
            }}
          >
            <div class={lobby.entry}>
              <Field
                label={t.host.yourName()}
                name="name"
                autocomplete="name"
                maxlength={longestName}
                placeholder={t.host.name()}
                value={props.model.name()}
                disabled={starting()}
                onInput={(event) => props.model.setName(event.currentTarget.value)}
              />
              <WayIn model={props.model} />
            </div>
            <DeviceTroubles devices={props.model} />
            <DeviceChoice device={props.model.camera} />
            <SoundCheck devices={props.model} check={check} />
          </form>
          <StoredRecordings recording={props.model.recording} />
        </div>
      </main>
    </>
  )
}

type Devices = Pick<HostModel, "camera" | "microphone">

const whatGuestsGet = ({ camera, microphone }: Devices) => {
  const heard = microphone.track() !== null && !microphone.stopped()
  if (camera.track() !== null) return heard ? "both" : "camera"
  return heard ? "microphone" : "nothing"
}

/** Whether nothing is in the way of *Start Listening*. */
const mayStart = ({ state }: Pick<HostModel, "state">) => ["Idle", "Left", "Ended"].includes(state()._tag)

/** The button for this state. */
const WayIn = (props: { readonly model: HostModel }) => {
  const state = () => props.model.state()
  const refusal = () => {
    const current = state()
    return current._tag === "Refused" ? current.refusal : undefined
  }
  return (
    <Switch
      fallback={
        <Button variant="main" type="submit">
          {t.host.start()}
        </Button>
      }
    >
      <Match when={state()._tag === "Starting"}>
        <Button variant="main" disabled>
          {t.host.starting()}
        </Button>
      </Match>
      <Match when={refusal() === "Replaced"}>
        <Action do={props.model.takeOver}>{t.host.takeOver()}</Action>
      </Match>
      <Match when={refusal() === "Lapsed"}>
        <Action do={props.model.takeOver}>{t.host.retry()}</Action>
      </Match>
      <Match when={refusal() === "HostPasswordWrong"}>
        <Action do={props.model.askPassword}>{t.host.enterPassword()}</Action>
      </Match>
      <Match when={refusal() !== undefined || state()._tag === "Unloaded"}>
        <Action do={props.model.again}>{t.host.retry()}</Action>
        <Show when={refusal() === "RoomTaken"}>
          <a href="/">{t.host.elsewhere()}</a>
        </Show>
      </Match>
    </Switch>
  )
}

const Action = (props: { readonly do: () => void; readonly children: JSX.Element }) => (
  <Button variant="main" onClick={() => props.do()}>
    {props.children}
  </Button>
)
