import { For, Show } from "solid-js"
import { PersonName } from "../../features/people/PersonName.js"
import { t } from "../../i18n/t.js"
import type { Participants } from "../../rtc/participants.js"
import css from "../../styles/people.module.css"
import { Icon } from "../../ui/Icon.js"

/** The participants, as the host's page reports them. */
export const PeoplePanel = (props: {
  /** Null: there is no host who reports them. */
  readonly participants: Participants | null
  /** The guest gets the programme: those who are in it are marked. */
  readonly composed: boolean
}) => (
  <Show when={props.participants} fallback={<p class={css.nobody}>{t.guest.peopleUnknown()}</p>}>
    {(current) => (
      <>
        <ul class={css.list}>
          <For each={current().list}>
            {(person, place) => (
              <li class={css.person}>
                <PersonName name={person.name} class={css.name} />
                <Show when={place() === current().you}>
                  <span class={css.nobody}>{t.chat.you()}</span>
                </Show>
                <Show when={place() === 0}>
                  <span class={css.role}>{t.chat.hostRole()}</span>
                </Show>
                <Show when={person.hand}>
                  <span class={css.place}>{t.guest.handUp()}</span>
                </Show>
                <Show when={props.composed && person.shown}>
                  <span class={css.off}>{t.guest.inPicture()}</span>
                </Show>
                <Show when={!person.microphone}>
                  <span class={css.off}>
                    <Icon name="microphoneOff" />
                    <span>{t.media.muted()}</span>
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={current().total > current().list.length}>
          <p class={css.nobody}>{t.guest.peopleMore(current().total - current().list.length)}</p>
        </Show>
      </>
    )}
  </Show>
)
