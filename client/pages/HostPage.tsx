import { createEffect, createSignal, type JSX, Match, Show, Switch } from "solid-js"
import { Ask } from "../components/Ask.js"
import ask from "../components/Ask.module.css"
import { AskPassword } from "../components/AskPassword.js"
import { Brand } from "../components/Brand.js"
import { Button } from "../components/Button.js"
import { CopyLink } from "../components/CopyLink.js"
import { FlowPicture } from "../components/FlowPicture.js"
import { GuestGrid } from "../components/GuestGrid.js"
import { HostKeyLink } from "../components/HostKeyLink.js"
import { Mark } from "../components/Mark.js"
import { Notice } from "../components/Notice.js"
import { hostSaying } from "../words/hostSaying.js"
import { t } from "../words/t.js"
import type { HostModel } from "./createHost.js"
import css from "./HostPage.module.css"

/** The host's page: the door while nothing runs, the room while it does. */
export const HostPage = (props: { readonly model: HostModel }) => {
  const state = () => props.model.state()
  const saying = () => hostSaying(state(), props.model.guests().length)
  const listening = () => state()._tag === "Listening"
  createEffect(() => {
    document.title = `${saying().title}${listening() ? `, ${saying().detail}` : ""} · ${t.common.product()}`
  })
  return (
    <>
      <Brand>
        <p class={css.state} role="status">
          <Mark tone={saying().tone} />
          <strong>{saying().title}</strong>
          <Show when={listening()}>
            <span>{t.host.count(props.model.guests().length)}</span>
          </Show>
        </p>
      </Brand>
      <main class={css.page}>
        <Show when={listening()} fallback={<Door model={props.model} />}>
          <Room model={props.model} />
        </Show>
      </main>
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
    <div class={css.door}>
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
    </div>
  )
}

const Action = (props: { readonly do: () => void; readonly children: JSX.Element }) => (
  <Button look="main" onClick={() => props.do()}>
    {props.children}
  </Button>
)

/** The room: the link to send, the guests, and the two ways to begin anew or end. */
const Room = (props: { readonly model: HostModel }) => {
  const [asking, setAsking] = createSignal(false)
  const [soundRefused, setSoundRefused] = createSignal(false)
  const [soundAsked, setSoundAsked] = createSignal(0)
  const guests = () => props.model.guests()
  const afresh = () => {
    setAsking(false)
    props.model.afresh()
  }
  return (
    <>
      <div class={css.tools}>
        <CopyLink link={props.model.invitation} />
        <div class={css.buttons}>
          <Button onClick={() => (guests().length === 0 ? afresh() : setAsking(true))}>{t.host.afresh()}</Button>
          <Button look="danger" onClick={props.model.end}>
            {t.host.end()}
          </Button>
        </div>
      </div>
      <Show when={hostSaying(props.model.state(), 0).tone === "warn"}>
        <Notice saying={hostSaying(props.model.state(), 0)} />
      </Show>
      <Show when={soundRefused()}>
        <div class={css.sound}>
          <Button
            look="main"
            onClick={() => {
              setSoundRefused(false)
              setSoundAsked((count) => count + 1)
            }}
          >
            {t.media.playSound()}
          </Button>
        </div>
      </Show>
      <div class={css.guests}>
        <Show
          when={guests().length > 0}
          fallback={
            <div class={css.empty}>
              <FlowPicture label={t.host.emptyPicture()} />
              <h1>{t.host.emptyTitle()}</h1>
              <p>{t.host.emptyDetail()}</p>
            </div>
          }
        >
          <GuestGrid guests={guests()} sound={{ refused: () => setSoundRefused(true), asked: soundAsked }} />
        </Show>
      </div>
      <HostKeyLink read={props.model.hostLink} />
      <Ask
        open={asking()}
        title={t.host.confirmAfresh()}
        detail={t.host.confirmAfreshDetail(guests().length)}
        onClose={() => setAsking(false)}
      >
        <div class={ask.answers}>
          <Button onClick={() => setAsking(false)}>{t.common.cancel()}</Button>
          <Button look="danger" onClick={afresh}>
            {t.host.confirmAfreshGo()}
          </Button>
        </div>
      </Ask>
    </>
  )
}

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
