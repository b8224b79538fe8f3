import { Show } from "solid-js"
import type { SpokenMutedModel } from "../../features/devices/createSpokenMuted.js"
import { DeviceTroubles } from "../../features/devices/DeviceTroubles.js"
import { SpokenMuted } from "../../features/devices/SpokenMuted.js"
import { EachGuest } from "../../features/stage/EachGuest.js"
import { hostStatus } from "../../i18n/hostStatus.js"
import { isolated } from "../../i18n/isolated.js"
import { statusText } from "../../i18n/StatusText.js"
import { t } from "../../i18n/t.js"
import room from "../../styles/room.module.css"
import { Button } from "../../ui/Button.js"
import { Notice } from "../../ui/Notice.js"
import type { HostModel } from "./createHost.js"
import { Admission, AdmissionOfAll, Full } from "./PeoplePanel.js"
import { RecordingNotices } from "./RecordingNotices.js"

/** How many of the waiting guests have a notice of their own: those who have waited longest. */
const maxOwnNotices = 2

/** What the host has to know at once, each with the button that answers it. */
export const Notices = (props: {
  readonly model: HostModel
  readonly spokenMuted: SpokenMutedModel
  readonly popOutRefused: boolean
  readonly dismissPopOut: () => void
  readonly peopleShown: boolean
}) => (
  <div class={room.notices}>
    <DeviceTroubles devices={props.model} />
    <Show when={!props.peopleShown}>
      <Full model={props.model} />
    </Show>
    <div class={room.notices} aria-live="polite">
      <Show when={hostStatus(props.model.state(), 0).tone === "warn"}>
        <Notice status={hostStatus(props.model.state(), 0)} closable />
      </Show>
      <Show when={props.model.sound()}>
        {(status) => (
          <Notice status={status()}>
            <Show when={props.model.pressSounds()}>
              <Button variant="main" onClick={props.model.playSound}>
                {t.media.playSound()}
              </Button>
            </Show>
          </Notice>
        )}
      </Show>
      <Show when={props.model.screen.refused()}>
        <Notice status={statusText("warn", t.media.shareRefused)} closable />
      </Show>
      <Show when={props.popOutRefused}>
        <Notice
          status={{ tone: "warn", title: t.host.popOutRefused(), detail: "" }}
          closable
          onClose={props.dismissPopOut}
        />
      </Show>
      <Show when={props.model.programme.failure()}>
        {(failure) => (
          <Notice
            status={statusText(
              "warn",
              failure() === "PartUnloaded" ? t.host.layout.unloaded : t.host.layout.uncomposed
            )}
          >
            <Button variant="main" onClick={props.model.programme.retry}>
              {t.host.retry()}
            </Button>
          </Notice>
        )}
      </Show>
      <Show when={props.model.machineShare() < 1}>
        <Notice status={statusText("warn", t.host.machineBusy)} closable />
      </Show>
      <RecordingNotices model={props.model} />
      <Show when={props.model.talkingTo()}>
        {(guest) => (
          <Notice
            status={{
              tone: "warn",
              title: t.host.talking(
                isolated(props.model.guests().find(({ peer }) => peer.id === guest())?.peer.name ?? "")
              ),
              detail: t.host.talkingDetail()
            }}
          >
            <Button onClick={() => props.model.talkTo(guest())}>{t.host.talkAll()}</Button>
          </Notice>
        )}
      </Show>
      <Show when={props.model.mutedFor()}>
        {(name) => (
          <Notice
            status={{ tone: "warn", title: t.host.mutedFor(isolated(name())), detail: "" }}
            closable
            onClose={props.model.dismissMutedFor}
          />
        )}
      </Show>
      <Show when={!props.peopleShown}>
        {/* However many knock, the stage stays free, and no button turns into another under a finger. */}
        <EachGuest guests={props.model.waiting().slice(0, maxOwnNotices)}>
          {(tile) => (
            <Notice status={{ tone: "busy", title: t.host.waits(isolated(tile().peer.name)), detail: "" }}>
              <Admission tile={tile()} model={props.model} />
            </Notice>
          )}
        </EachGuest>
        <Show when={props.model.waiting().length > maxOwnNotices}>
          <Notice status={{ tone: "busy", title: t.host.manyWait(props.model.waiting().length), detail: "" }}>
            <AdmissionOfAll model={props.model} />
          </Notice>
        </Show>
      </Show>
      {/* Below those who wait, because it disappears by itself and must not move their buttons. */}
      <SpokenMuted microphone={props.model.microphone} spokenMuted={props.spokenMuted} />
    </div>
  </div>
)
