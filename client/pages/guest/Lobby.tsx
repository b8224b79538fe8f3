import { Show } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { DeviceChoice } from "../../features/devices/DeviceChoice.js"
import { DeviceTroubles } from "../../features/devices/DeviceTroubles.js"
import { Preview } from "../../features/devices/Preview.js"
import { SoundCheck } from "../../features/devices/SoundCheck.js"
import { guestStatus } from "../../i18n/guestStatus.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import { longestName } from "../../rtc/cleanName.js"
import css from "../../styles/lobby.module.css"
import { Button } from "../../ui/Button.js"
import { Field } from "../../ui/Field.js"
import { Headline } from "../../ui/Headline.js"
import { Notice } from "../../ui/Notice.js"
import type { GuestModel } from "./createGuest.js"
import type { LobbyModel } from "./createLobby.js"

/** Before the call: see yourself, hear yourself, say who you are, and join. */
export const Lobby = (props: { readonly model: GuestModel }) => {
  const left = () => props.model.state()._tag === "Left"
  /** Leaving stopped the camera, and joining again starts it. */
  const startsAgain = () => left() && props.model.camera.picked() && !props.model.camera.off()
  return (
    <>
      <Brand />
      <main class={css.page}>
        <Preview
          devices={props.model}
          showSwitches={!left()}
          placeholder={startsAgain() ? t.guest.cameraAgain() : undefined}
        />
        <div class={css.panel}>
          <Headline>{t.guest.heading()}</Headline>
          <div role="status">
            <Show when={props.model.inCall() || left()}>
              <Notice status={guestStatus(props.model.state(), props.model.call.sending())} />
            </Show>
          </div>
          <Entrance model={props.model} />
        </div>
      </main>
    </>
  )
}

const Entrance = (props: { readonly model: GuestModel }) => (
  <form
    class={css.form}
    onSubmit={(event) => {
      event.preventDefault()
      props.model.join()
    }}
  >
    <div class={css.entry}>
      <Field
        label={t.guest.name()}
        name="name"
        autocomplete="name"
        maxlength={longestName}
        placeholder={t.guest.namePlaceholder()}
        value={props.model.name()}
        onInput={(event) => props.model.setName(event.currentTarget.value)}
      />
      <Button variant="main" type="submit">
        {t.guest.join()}
      </Button>
    </div>
    <DeviceTroubles devices={props.model} />
    <DeviceChoice device={props.model.camera} />
    <SoundCheck devices={props.model} check={props.model.lobby.check} />
    <Network lobby={props.model.lobby} />
  </form>
)

const tones = { Fine: "good", RelayOnly: "warn", Blocked: "bad" } as const

/** What the network lets through, if that could be tested. */
const Network = (props: { readonly lobby: LobbyModel }) => {
  const verdict = () => {
    const result = props.lobby.network()
    return result === "Unknown" || result === "Checking" ? undefined : result
  }
  return (
    <div aria-live="polite">
      <Show when={verdict()}>
        {(result) => (
          <Notice status={statusText(tones[result()], t.guest.network[result()])}>
            <Show when={result() === "Blocked"}>
              <Button onClick={() => props.lobby.testNetwork()}>{t.guest.network.again()}</Button>
            </Show>
          </Notice>
        )}
      </Show>
    </div>
  )
}
