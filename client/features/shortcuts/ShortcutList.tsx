import { For } from "solid-js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Dialog } from "../../ui/Dialog.js"
import ask from "../../ui/Dialog.module.css"
import { Switch } from "../../ui/Switch.js"
import type { Shortcuts } from "./createShortcuts.js"
import css from "./ShortcutList.module.css"

/** The keys of a page, and the switch that turns them off. */
export const ShortcutList = (props: { readonly shortcuts: Shortcuts }) => {
  const keys = () => [
    ...props.shortcuts.list().map(({ key, label }) => ({ name: key.toUpperCase(), does: label() })),
    { name: t.keys.escapeName(), does: t.keys.escape() },
    { name: "?", does: t.keys.help() }
  ]
  return (
    <Dialog
      open={props.shortcuts.shown()}
      title={t.keys.title()}
      detail={t.keys.detail()}
      onClose={props.shortcuts.hide}
    >
      <dl class={css.keys}>
        <For each={keys()}>
          {({ does, name }) => (
            <div>
              <dt>
                <kbd>{name}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          )}
        </For>
      </dl>
      <Switch
        label={t.keys.active()}
        detail={t.keys.activeDetail()}
        on={props.shortcuts.active()}
        onChange={props.shortcuts.setActive}
      />
      <div class={ask.answers}>
        <Button variant="main" onClick={props.shortcuts.hide}>
          {t.common.close()}
        </Button>
      </div>
    </Dialog>
  )
}
