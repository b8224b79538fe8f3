import { createSignal } from "solid-js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import css from "../../ui/Dialog.module.css"
import { Field } from "../../ui/Field.js"

/** Asks for the password that a deployment may require of its hosts. */
export const PasswordDialog = (props: {
  readonly open: boolean
  /** A password was given, and it was wrong. */
  readonly wrong: boolean
  readonly onClose: () => void
  readonly onGiven: (password: string) => void
}) => {
  const [password, setPassword] = createSignal("")
  const give = (event: SubmitEvent) => {
    event.preventDefault()
    if (password() !== "") props.onGiven(password())
  }
  return (
    <Dialog open={props.open} title={t.host.passwordTitle()} detail={t.host.passwordDetail()} onClose={props.onClose}>
      <form class={css.form} onSubmit={give}>
        <Field
          label={t.host.password()}
          type="password"
          name="host-password"
          autocomplete="current-password"
          required
          value={password()}
          onInput={(event) => setPassword(event.currentTarget.value)}
          error={props.wrong ? t.host.passwordWrong() : undefined}
        />
        <div class={css.answers}>
          <Button onClick={() => props.onClose()}>{t.common.cancel()}</Button>
          <Button variant="main" type="submit">
            {t.host.passwordGo()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
