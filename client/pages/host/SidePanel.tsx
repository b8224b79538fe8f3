import { Match, Switch } from "solid-js"
import { Chat } from "../../features/chat/Chat.js"
import { InvitePanel } from "../../features/invitation/InvitePanel.js"
import { ProgrammePanel } from "../../features/programme/ProgrammePanel.js"
import { RecordingPanel } from "../../features/recording/RecordingPanel.js"
import { isolated } from "../../i18n/isolated.js"
import { t } from "../../i18n/t.js"
import { Panel } from "../../ui/Panel.js"
import type { HostModel } from "./createHost.js"
import { PeoplePanel } from "./PeoplePanel.js"
import { SettingsPanel } from "./SettingsPanel.js"

/** What the panel beside the stage shows. */
export type Side = "chat" | "people" | "invite" | "layout" | "recordings" | "settings"

/** The guests to whom the host can write privately. */
const recipientsOf = ({ chat }: HostModel) =>
  chat.recipients().map(({ id, name }) => ({
    id,
    label: t.chat.only(isolated(name)),
    field: t.chat.fieldOnly(isolated(name))
  }))

interface SidePanelProps {
  readonly model: HostModel
  /** Undefined: there is no panel. */
  readonly side: Side | undefined
  /** The programme's picture. */
  readonly stream: MediaStream | null
  readonly stage: HTMLElement | undefined
  readonly onClose: () => void
  /** Shows the programme in a window of its own. */
  readonly onWindow: () => void
  readonly onRecordings: () => void
  readonly onShortcuts: () => void
}

/** The panel beside the stage. */
export const SidePanel = (props: SidePanelProps) => (
  <Switch>
    <Match when={props.side === "chat"}>
      <Panel title={t.chat.title()} onClose={props.onClose}>
        <Chat
          lines={props.model.chat.lines()}
          draft={props.model.chat.draft}
          recipients={recipientsOf(props.model)}
          onSend={props.model.chat.write}
        />
      </Panel>
    </Match>
    <Match when={props.side === "people"}>
      <Panel title={t.common.people()} onClose={props.onClose}>
        <PeoplePanel model={props.model} />
      </Panel>
    </Match>
    <Match when={props.side === "invite"}>
      <Panel title={t.host.inviteTitle()} onClose={props.onClose}>
        <InvitePanel link={props.model.invitation} hostLink={props.model.hostLink} />
      </Panel>
    </Match>
    <Match when={props.side === "layout"}>
      <Panel title={t.host.layout.title()} onClose={props.onClose}>
        <ProgrammePanel
          scene={props.model.programme.scene()}
          stream={props.stream}
          failed={props.model.programme.failure() !== null}
          sent={props.model.programme.guestsGetProgramme()}
          pinned={props.model.programme.layout.pinned()}
          onPick={props.model.programme.layout.pick}
          onPin={props.model.programme.layout.pin}
          onWindow={props.onWindow}
        />
      </Panel>
    </Match>
    <Match when={props.side === "recordings"}>
      <Panel title={t.recording.shelf()} onClose={props.onClose}>
        <RecordingPanel recording={props.model.recording} />
      </Panel>
    </Match>
    <Match when={props.side === "settings"}>
      <Panel title={t.host.settings()} onClose={props.onClose}>
        <SettingsPanel
          model={props.model}
          stage={props.stage}
          onRecordings={props.onRecordings}
          onShortcuts={props.onShortcuts}
        />
      </Panel>
    </Match>
  </Switch>
)
