import { Show } from "solid-js"
import { t } from "../../i18n/t.js"
import { Button } from "../../ui/Button.js"
import { Icon } from "../../ui/Icon.js"
import { CopyLink } from "./CopyLink.js"
import { HostKeyLink } from "./HostKeyLink.js"
import { QrCode } from "./QrCode.js"

/** Every way to bring guests into the room: the link, its code for phones, and the system's own share sheet. */
export const InvitePanel = (props: { readonly link: string; readonly hostLink: () => string }) => (
  <>
    <CopyLink link={props.link} />
    <Show when={"share" in navigator}>
      {/* It rejects if the person closes the sheet, which needs no answer. */}
      <Button onClick={() => void navigator.share({ url: props.link }).catch(() => undefined)}>
        <Icon name="share" />
        {t.host.shareLink()}
      </Button>
    </Show>
    <QrCode text={props.link} label={t.host.qr()} />
    <HostKeyLink read={props.hostLink} />
  </>
)
