import { createEffect, type JSX, Match, Show, Switch } from "solid-js"
import { Ask } from "../../components/Ask.js"
import ask from "../../components/Ask.module.css"
import { AskPassword } from "../../components/AskPassword.js"
import { Brand } from "../../components/Brand.js"
import { Button } from "../../components/Button.js"
import { Notice } from "../../components/Notice.js"
import { hostSaying } from "../../words/hostSaying.js"
import { t } from "../../words/t.js"
import type { HostModel } from "./createHost.js"
import css from "./HostPage.module.css"
import { RecordingShelf } from "./RecordingShelf.js"
import { Room } from "./Room.js"

/** The host's page: the door while nothing runs, the room while it does. */
export const HostPage = (props: { readonly model: HostModel }) => {
  const state = () => props.model.state()
  const saying = () => hostSaying(state(), props.model.inside().length)
  const listening = () => state()._tag === "Listening"
  createEffect(() => {
    const first = listening() ? props.model.attention.title() : ""
    document.title = `${first}${saying().title}${listening() ? `, ${saying().detail}` : ""} · ${t.common.product()}`
  })
  return (
    <>
      <Show when={listening()} fallback={<Door model={props.model} />}>
        <Room model={props.model} />
      </Show>
      <Password model={props.model} />
      <TakeOver model={props.model} />
      <KeyOfLink model={props.model} />
    </>
  )
}

/** What there is to do while the page does not listen. */
const Door = (props: { readonly model: HostModel }) => {
  const state = () => props.model.state()
  const refusal = () => {
    const now = state()
    return now._tag === "Refused" ? now.refusal : undefined
  }
  return (
    <>
      <Brand />
      <main class={css.door}>
        <h1>{t.host.heading()}</h1>
        <Show when={state()._tag !== "Idle" && state()} fallback={<p class={css.lead}>{t.host.lead()}</p>}>
          {(now) => <Notice saying={hostSaying(now(), 0)} />}
        </Show>
        <Switch fallback={<Action do={props.model.start}>{t.host.start()}</Action>}>
          <Match when={state()._tag === "Starting"}>{null}</Match>
          <Match when={refusal() === "Replaced"}>
            <Action do={props.model.takeOver}>{t.host.takeOver()}</Action>
          </Match>
          <Match when={refusal() === "HostPasswordWrong"}>
            <Action do={props.model.askPassword}>{t.host.enterPassword()}</Action>
          </Match>
          <Match when={state()._tag === "Unloaded"}>
            <Action do={props.model.again}>{t.host.retry()}</Action>
          </Match>
          <Match when={refusal()}>
            <Action do={props.model.again}>{t.host.retry()}</Action>
            <Show when={refusal() === "RoomTaken"}>
              <a class={css.elsewhere} href="/">
                {t.host.elsewhere()}
              </a>
            </Show>
          </Match>
        </Switch>
        <RecordingShelf recording={props.model.recording} />
      </main>
    </>
  )
}

const Action = (props: { readonly do: () => void; readonly children: JSX.Element }) => (
  <Button look="main" onClick={() => props.do()}>
    {props.children}
  </Button>
)

const TakeOver = (props: { readonly model: HostModel }) => (
  <Ask
    open={props.model.takeOverAsked()}
    title={t.host.takeOverTitle()}
    detail={t.host.takeOverDetail()}
    onClose={props.model.dismissTakeOver}
  >
    <div class={ask.answers}>
      <Button onClick={props.model.dismissTakeOver}>{t.common.cancel()}</Button>
      <Button look="main" onClick={props.model.takeOver}>
        {t.host.takeOver()}
      </Button>
    </div>
  </Ask>
)

const KeyOfLink = (props: { readonly model: HostModel }) => (
  <Ask
    open={props.model.keyOffered()}
    title={t.host.keyTitle()}
    detail={t.host.keyDetail()}
    onClose={props.model.refuseKey}
  >
    <div class={ask.answers}>
      <Button onClick={props.model.refuseKey}>{t.common.cancel()}</Button>
      <Button look="main" onClick={props.model.acceptKey}>
        {t.host.keyUse()}
      </Button>
    </div>
  </Ask>
)

const Password = (props: { readonly model: HostModel }) => (
  <AskPassword
    open={props.model.passwordAsked()}
    wrong={props.model.hasPassword()}
    onClose={props.model.dismissPassword}
    onGiven={props.model.givePassword}
  />
)
