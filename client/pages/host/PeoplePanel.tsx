import { createSignal, type JSX, Show } from "solid-js"
import { PersonName } from "../../features/people/PersonName.js"
import { EachGuest } from "../../features/stage/EachGuest.js"
import { isolated } from "../../i18n/isolated.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import { handsFirst, raisedHands } from "../../rtc/hands.js"
import type { GuestView } from "../../rtc/States.js"
import css from "../../styles/people.module.css"
import { Button } from "../../ui/Button.js"
import { IconButton } from "../../ui/IconButton.js"
import { Notice } from "../../ui/Notice.js"
import { Switch } from "../../ui/Switch.js"
import type { HostModel } from "./createHost.js"
import { RemoveGuest } from "./RemoveGuest.js"

/** Who waits, who is in, and who may come in. */
export const PeoplePanel = (props: { readonly model: HostModel }) => {
  const [removing, setRemoving] = createSignal<GuestView>()
  const hands = () => raisedHands(props.model.inside())
  const placeOf = (tile: GuestView) => hands().findIndex(({ peer }) => peer.id === tile.peer.id) + 1
  const rules = () => {
    const current = props.model.state()
    return current._tag === "Listening" ? current : { waitingRoom: false, locked: false }
  }
  return (
    <>
      <div class={css.full}>
        <Full model={props.model} />
      </div>
      <p class={css.person}>
        <PersonName name={props.model.called()} class={css.name} />
        <span class={css.nobody}>{t.chat.you()}</span>
        <span class={css.role}>{t.chat.hostRole()}</span>
      </p>
      <Show when={props.model.waiting().length > 0}>
        <section class={css.part}>
          <h3>{t.host.waitingTitle()}</h3>
          {/* Above the list, because what is below it moves when somebody comes. */}
          <AdmissionOfAll model={props.model} />
          <ul class={css.list}>
            <EachGuest guests={props.model.waiting()}>
              {(tile) => (
                <Person tile={tile()}>
                  <Admission tile={tile()} model={props.model} />
                </Person>
              )}
            </EachGuest>
          </ul>
        </section>
      </Show>
      <section class={css.part}>
        <h3>{t.host.guests()}</h3>
        <Show when={props.model.inside().length > 0}>
          <div class={css.answers}>
            <Button
              disabled={!props.model.inside().some(({ sending }) => sending.microphone)}
              onClick={props.model.muteAll}
            >
              {t.host.muteAll()}
            </Button>
            <Button disabled={hands().length === 0} onClick={props.model.lowerAll}>
              {t.host.lowerAll()}
            </Button>
          </div>
        </Show>
        <ul class={css.list}>
          <EachGuest guests={handsFirst(props.model.inside())} fallback={<li class={css.nobody}>{t.host.nobody()}</li>}>
            {(tile) => (
              <Person tile={tile()}>
                <Show when={tile().hand !== null}>
                  <span class={css.place}>{t.host.handPlace(placeOf(tile()))}</span>
                  <IconButton
                    icon="hand"
                    label={t.host.handOf(isolated(tile().peer.name))}
                    onClick={() => props.model.lowerHand(tile().peer.id)}
                  />
                </Show>
                <IconButton
                  icon={tile().sending.microphone ? "microphone" : "microphoneOff"}
                  label={tile().sending.microphone ? t.host.mute(isolated(tile().peer.name)) : t.host.muted()}
                  disabled={!tile().sending.microphone}
                  onClick={() => props.model.mute(tile().peer.id)}
                />
                <Removal tile={tile()} onPress={setRemoving} />
              </Person>
            )}
          </EachGuest>
        </ul>
      </section>
      <Show when={props.model.away().length > 0}>
        <section class={css.part}>
          <h3>{t.host.awayTitle()}</h3>
          <ul class={css.list}>
            <EachGuest guests={props.model.away()}>
              {(tile) => (
                <Person tile={tile()}>
                  <Removal tile={tile()} onPress={setRemoving} />
                </Person>
              )}
            </EachGuest>
          </ul>
          <p class={css.nobody}>{t.host.awayDetail()}</p>
        </section>
      </Show>
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
      <RemoveGuest
        guest={removing()}
        locked={rules().locked}
        model={props.model}
        onClose={() => setRemoving(undefined)}
      />
    </>
  )
}

/** One guest by name, with what can be done. */
const Person = (props: { readonly tile: GuestView; readonly children: JSX.Element }) => (
  <li class={css.person}>
    <PersonName name={props.tile.peer.name} class={css.name} />
    {props.children}
  </li>
)

const Removal = (props: { readonly tile: GuestView; readonly onPress: (tile: GuestView) => void }) => (
  <IconButton
    icon="remove"
    label={t.host.removeName(isolated(props.tile.peer.name))}
    onClick={() => props.onPress(props.tile)}
  />
)

/** Reports that the room is full. Shown where the host has pressed, because a panel may cover the stage. */
export const Full = (props: { readonly model: Pick<HostModel, "full" | "dismissFull"> }) => (
  <Show when={props.model.full()}>
    <Notice status={statusText("warn", t.host.full)} role="alert" closable onClose={props.model.dismissFull} />
  </Show>
)

/** Admits all who wait, or refuses them. */
export const AdmissionOfAll = (props: { readonly model: Pick<HostModel, "admitAll" | "refuseAll" | "waiting"> }) => (
  <div class={css.answers}>
    <Button disabled={props.model.waiting().length < 2} onClick={props.model.refuseAll}>
      {t.host.refuseAll()}
    </Button>
    <Button variant="main" disabled={props.model.waiting().length < 2} onClick={props.model.admitAll}>
      {t.host.admitAll()}
    </Button>
  </div>
)

/** Ignores the second press of a double click: it is not meant for the guest who has moved there meanwhile. */
const once = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act()
}

/** Admits one guest, or refuses. */
export const Admission = (props: { readonly tile: GuestView; readonly model: Pick<HostModel, "admit" | "remove"> }) => (
  <div class={css.answers}>
    <Button
      aria-label={t.host.refuseName(props.tile.peer.name)}
      onClick={once(() => props.model.remove(props.tile.peer.id))}
    >
      {t.host.refuse()}
    </Button>
    <Button
      variant="main"
      aria-label={t.host.admitName(props.tile.peer.name)}
      onClick={once(() => props.model.admit(props.tile.peer.id))}
    >
      {t.host.admit()}
    </Button>
  </div>
)
