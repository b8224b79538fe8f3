import { Show } from "solid-js"
import { Button } from "../../components/Button.js"
import { CopyLink } from "../../components/CopyLink.js"
import { HostKeyLink } from "../../components/HostKeyLink.js"
import { Icon } from "../../components/Icon.js"
import { QrCode } from "../../components/QrCode.js"
import { t } from "../../words/t.js"

/** Every way to bring guests into the room: the link, its code for phones, and the system's own share sheet. */
export const InvitePanel = (props: { readonly link: string; readonly hostLink: () => string }) => (
  <>
    <CopyLink link={props.link} />
    <Show when={"share" in navigator}>
      {/* Whoever closes the sheet has changed their mind. */}
      <Button onClick={() => void navigator.share({ url: props.link }).catch(() => undefined)}>
        <Icon name="share" />
        {t.host.shareLink()}
      </Button>
    </Show>
    <QrCode text={props.link} label={t.host.qr()} />
    <HostKeyLink read={props.hostLink} />
  </>
)
