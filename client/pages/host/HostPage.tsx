import { createEffect, createMemo, Match, Switch } from "solid-js"
import { Brand } from "../../app/Brand.js"
import { hostStatus } from "../../i18n/hostStatus.js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import ask from "../../ui/Dialog.module.css"
import { Notice } from "../../ui/Notice.js"
import type { HostModel } from "./createHost.js"
import { Door } from "./Door.js"
import css from "./HostPage.module.css"
import { PasswordDialog } from "./PasswordDialog.js"
import { roomPart } from "./roomPart.js"

/** The host's page: the door while nothing runs, the room while it does. */
export const HostPage = (props: { readonly model: HostModel }) => {
  const state = () => props.model.state()
  const status = () => hostStatus(state(), props.model.inside().length)
  const listening = () => state()._tag === "Listening"
  const title = createMemo(() => {
    const attentionPrefix = listening() ? props.model.attention.title() : ""
    return `${attentionPrefix}${status().title}${listening() ? `, ${status().detail}` : ""} · ${t.common.product()}`
  })
  createEffect(() => {
    document.title = title()
  })
  return (
    <>
      <Switch fallback={<Door model={props.model} />}>
        <Match when={listening() && roomPart.current()}>
          {(part) => {
            const { Room } = part()
            return <Room model={props.model} />
          }}
        </Match>
        <Match when={props.model.returning()}>
          <Returning model={props.model} />
        </Match>
      </Switch>
      <Password model={props.model} />
      <TakeOver model={props.model} />
      <KeyOfLink model={props.model} />
    </>
  )
}

/** A reloaded page on its way back into its room. */
const Returning = (props: { readonly model: HostModel }) => (
  <>
    <Brand />
    <main class={css.returning}>
      <h1>{t.host.heading()}</h1>
      <Notice status={hostStatus(props.model.state(), 0)} role="status" />
    </main>
  </>
)

const TakeOver = (props: { readonly model: HostModel }) => (
  <Dialog
    open={props.model.takeOverAsked()}
    title={t.host.takeOverTitle()}
    detail={t.host.takeOverDetail()}
    onClose={props.model.dismissTakeOver}
  >
    <div class={ask.answers}>
      <Button onClick={props.model.dismissTakeOver}>{t.common.cancel()}</Button>
      <Button variant="main" onClick={props.model.takeOver}>
        {t.host.takeOver()}
      </Button>
    </div>
  </Dialog>
)

const KeyOfLink = (props: { readonly model: HostModel }) => (
  <Dialog
    open={props.model.keyOffered()}
    title={t.host.keyTitle()}
    detail={t.host.keyDetail()}
    onClose={props.model.refuseKey}
  >
    <div class={ask.answers}>
      <Button onClick={props.model.refuseKey}>{t.common.cancel()}</Button>
      <Button variant="main" onClick={props.model.acceptKey}>
        {t.host.keyUse()}
      </Button>
    </div>
  </Dialog>
)

const Password = (props: { readonly model: HostModel }) => (
  <PasswordDialog
    open={props.model.passwordAsked()}
    wrong={props.model.hasPassword()}
    onClose={props.model.dismissPassword}
    onGiven={props.model.givePassword}
  />
)
