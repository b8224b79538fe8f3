import { createSignal, For, type JSX, Show } from "solid-js"
import { Brand } from "../components/Brand.js"
import { Button } from "../components/Button.js"
import { DevicePicker } from "../components/DevicePicker.js"
import { Field } from "../components/Field.js"
import { Icon } from "../components/Icon.js"
import { Notice } from "../components/Notice.js"
import { SelfView } from "../components/SelfView.js"
import { guestSaying } from "../words/guestSaying.js"
import { t } from "../words/t.js"
import type { DeviceModel } from "./createDevice.js"
import type { GuestModel } from "./createGuest.js"
import css from "./GuestPage.module.css"

/** The guest's page: the same two columns before, in and after the call, so that nothing jumps. */
export const GuestPage = (props: { readonly model: GuestModel }) => {
  const [soundRefused, setSoundRefused] = createSignal(false)
  const [soundAsked, setSoundAsked] = createSignal(0)
  const sound = { refused: () => setSoundRefused(true), asked: soundAsked }
  return (
    <>
      <Brand />
      <main class={css.page}>
        <SelfView
          camera={props.model.camera.state()}
          instead={insteadOfPicture(props.model.camera)}
          incoming={props.model.incoming()}
          sound={sound}
        >
          <Show when={props.model.state()._tag !== "Left"}>
            <Switches model={props.model} />
          </Show>
          <Show when={props.model.inside()}>
            <Button data-leave="" onClick={props.model.leave}>
              {t.guest.leave()}
            </Button>
          </Show>
          <Show when={soundRefused()}>
            <Button
              onClick={() => {
                setSoundRefused(false)
                setSoundAsked((count) => count + 1)
              }}
            >
              {t.media.playSound()}
            </Button>
          </Show>
        </SelfView>
        <div class={css.panel}>
          <Show when={!props.model.inside()} fallback={<h1>{t.guest.joined()}</h1>}>
            <h1>{t.guest.heading()}</h1>
          </Show>
          <CallState model={props.model} />
          <Entrance model={props.model}>
            <For each={[props.model.camera, props.model.microphone]}>
              {(device) => <DeviceChoice device={device} />}
            </For>
          </Entrance>
        </div>
      </main>
    </>
  )
}

/** Said where the guest's own picture would be. */
const insteadOfPicture = (camera: DeviceModel) => {
  if (camera.state()._tag !== "Opening") return t.media.cameraOff()
  return camera.allowed() ? t.media.opening() : t.media.asking()
}

/** What the guest's switches say and do: each names what a press does. */
const Switches = (props: { readonly model: GuestModel }) => {
  const silent = () => props.model.muted() || props.model.microphone.stopped()
  const toggleSound = () => {
    if (!silent()) return props.model.setMuted(true)
    props.model.setMuted(false)
    if (props.model.microphone.stopped()) props.model.microphone.turnOn()
  }
  const camera = () => props.model.camera
  return (
    <>
      <Button data-off={silent() ? "" : undefined} onClick={toggleSound}>
        <Icon name={silent() ? "microphoneOff" : "microphone"} />
        {silent() ? t.media.unmute() : t.media.mute()}
      </Button>
      <Button
        data-off={camera().stopped() ? "" : undefined}
        onClick={() => (camera().stopped() ? camera().turnOn() : camera().turnOff())}
      >
        <Icon name={camera().stopped() ? "cameraOff" : "camera"} />
        {camera().stopped() ? t.media.cameraStart() : t.media.cameraStop()}
      </Button>
    </>
  )
}

/** How the call stands, said when it changes, with a way on where the page has none of its own. */
const CallState = (props: { readonly model: GuestModel }) => {
  const state = props.model.state
  const wayOn = () => {
    const now = state()
    if (now._tag === "Failed" || now._tag === "Unloaded") return t.guest.retry()
    if (now._tag === "Ended") return t.guest.joinAgain()
    if (now._tag !== "Refused" || now.refusal === "NotAllowed") return undefined
    return now.refusal === "Replaced" ? t.guest.back() : t.guest.retry()
  }
  return (
    <>
      <div role="status">
        <Show when={state()._tag !== "Idle"}>
          <Notice saying={guestSaying(state(), props.model.sent())} />
        </Show>
      </div>
      <Show when={wayOn()}>
        {(words) => (
          <Button look="main" wide onClick={props.model.retry}>
            {words()}
          </Button>
        )}
      </Show>
    </>
  )
}

/** The form at the door. In the call only the pickers of it are left. */
const Entrance = (props: { readonly model: GuestModel; readonly children: JSX.Element }) => {
  const enter = (event: SubmitEvent) => {
    event.preventDefault()
    if (!props.model.inside()) props.model.join()
  }
  return (
    <form class={css.form} onSubmit={enter}>
      <Show when={!props.model.inside()}>
        <Field
          label={t.guest.name()}
          name="name"
          autocomplete="name"
          maxlength="64"
          placeholder={t.guest.namePlaceholder()}
          value={props.model.name()}
          onInput={(event) => props.model.setName(event.currentTarget.value)}
        />
      </Show>
      {props.children}
      <Show when={!props.model.inside()}>
        <Button look="main" wide type="submit">
          {t.guest.join()}
        </Button>
      </Show>
    </form>
  )
}

/** One picker, and what is wrong with what was picked. */
const DeviceChoice = (props: { readonly device: DeviceModel }) => (
  <>
    <DevicePicker
      label={t.media[props.device.kind]()}
      choices={props.device.choices()}
      value={props.device.value()}
      onPick={props.device.pick}
    />
    <Show when={props.device.problem()}>
      {(problem) => (
        <Notice saying={problem()} role="alert">
          <Button onClick={() => props.device.turnOn()}>{t.media.tryAgain()}</Button>
        </Notice>
      )}
    </Show>
  </>
)
