import { createSignal, For, Show } from "solid-js"
import { Ask } from "../../components/Ask.js"
import ask from "../../components/Ask.module.css"
import { Button } from "../../components/Button.js"
import { IconButton } from "../../components/IconButton.js"
import { Switch } from "../../components/Switch.js"
import type { GuestTile } from "../../rtc/States.js"
import { t } from "../../words/t.js"
import type { HostModel } from "./createHost.js"
import css from "./PeoplePanel.module.css"

/** Who waits, who is in, and who may come in. */
export const PeoplePanel = (props: { readonly model: HostModel }) => {
  const [removing, setRemoving] = createSignal<GuestTile>()
  const rules = () => {
    const now = props.model.state()
    return now._tag === "Listening" ? now : { waitingRoom: false, locked: false }
  }
  return (
    <>
      <Show when={props.model.waiting().length > 0}>
        <section class={css.part}>
          <h3>{t.host.waitingTitle()}</h3>
          <ul class={css.list}>
            <For each={props.model.waiting()}>{(tile) => <Waiting tile={tile} model={props.model} />}</For>
          </ul>
          <Show when={props.model.waiting().length > 1}>
            <Button
              onClick={() => {
                for (const { peer } of props.model.waiting()) props.model.admit(peer.id)
              }}
            >
              {t.host.admitAll()}
            </Button>
          </Show>
        </section>
      </Show>
      <section class={css.part}>
        <h3>{t.host.guests()}</h3>
        <ul class={css.list}>
          <For each={props.model.inside()} fallback={<li class={css.nobody}>{t.host.nobody()}</li>}>
            {(tile) => (
              <li class={css.person}>
                <span class={css.name}>{tile.peer.name}</span>
                <Show when={tile.hand !== null}>
                  <IconButton
                    icon="hand"
                    label={t.host.handOf(tile.peer.name)}
                    onClick={() => props.model.lowerHand(tile.peer.id)}
                  />
                </Show>
                <IconButton
                  icon={tile.sending.microphone ? "microphone" : "microphoneOff"}
                  label={tile.sending.microphone ? t.host.mute(tile.peer.name) : t.host.muted()}
                  disabled={!tile.sending.microphone}
                  onClick={() => props.model.mute(tile.peer.id)}
                />
                <IconButton icon="remove" label={t.host.removeName(tile.peer.name)} onClick={() => setRemoving(tile)} />
              </li>
            )}
          </For>
        </ul>
      </section>
      <section class={css.part}>
        <Switch
          label={t.host.waitingRoom()}
          detail={t.host.waitingRoomDetail()}
          on={rules().waitingRoom}
          onChange={(waitingRoom) => props.model.setRoom({ waitingRoom })}
        />
        <Switch
          label={t.host.lock()}
          detail={t.host.lockDetail()}
          on={rules().locked}
          onChange={(locked) => props.model.setRoom({ locked })}
        />
      </section>
      <Ask
        open={removing() !== undefined}
        title={t.host.confirmRemove(removing()?.peer.name ?? "")}
        detail={t.host.confirmRemoveDetail()}
        onClose={() => setRemoving(undefined)}
      >
        <div class={ask.answers}>
          <Button onClick={() => setRemoving(undefined)}>{t.common.cancel()}</Button>
          <Button
            look="danger"
            onClick={() => {
              const tile = removing()
              setRemoving(undefined)
              if (tile !== undefined) props.model.remove(tile.peer.id)
            }}
          >
            {t.host.remove()}
          </Button>
        </div>
      </Ask>
    </>
  )
}

const Waiting = (props: { readonly tile: GuestTile; readonly model: HostModel }) => (
  <li class={css.person}>
    <span class={css.name}>{props.tile.peer.name}</span>
    <Admission tile={props.tile} model={props.model} />
  </li>
)

/** Lets one in, or refuses. */
export const Admission = (props: { readonly tile: GuestTile; readonly model: Pick<HostModel, "admit" | "remove"> }) => (
  <div class={css.answers}>
    <Button aria-label={t.host.refuseName(props.tile.peer.name)} onClick={() => props.model.remove(props.tile.peer.id)}>
      {t.host.refuse()}
    </Button>
    <Button
      look="main"
      aria-label={t.host.admitName(props.tile.peer.name)}
      onClick={() => props.model.admit(props.tile.peer.id)}
    >
      {t.host.admit()}
    </Button>
  </div>
)
