import { For, Show } from "solid-js"
import { PersonName } from "../../features/people/PersonName.js"
import { t } from "../../i18n/t.js"
import type { Participants } from "../../rtc/participants.js"
import css from "../../styles/people.module.css"
import { Icon } from "../../ui/Icon.js"

/** Who is in, as the host says it. */
export const PeoplePanel = (props: {
  /** Null: there is no host who could say it. */
  readonly participants: Participants | null
  /** The picture that comes is one of many: those who are in it are marked. */
  readonly composed: boolean
}) => (
  <Show when={props.participants} fallback={<p class={css.nobody}>{t.guest.peopleUnknown()}</p>}>
    {(now) => (
      <>
        <ul class={css.list}>
          <For each={now().list}>
            {(person, place) => (
              <li class={css.person}>
                <PersonName name={person.name} class={css.name} />
                <Show when={place() === now().you}>
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
        <Show when={now().total > now().list.length}>
          <p class={css.nobody}>{t.guest.peopleMore(now().total - now().list.length)}</p>
        </Show>
      </>
    )}
  </Show>
)
