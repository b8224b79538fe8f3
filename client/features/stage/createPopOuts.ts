import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"

interface PopOut {
  readonly page: Window
  readonly video: HTMLVideoElement
}

/** What fills a window that shows one picture alone, for programs that capture windows. */
const look = { margin: "0", background: "#000", width: "100vw", height: "100vh", "object-fit": "contain" }

const dress = (element: HTMLElement, names: ReadonlyArray<keyof typeof look>) => {
  for (const name of names) element.style.setProperty(name, look[name])
}

/** Windows of their own for some of these pictures, by id. They close with the page, and with what they show. */
export const createPopOuts = (streams: Accessor<ReadonlyMap<string, MediaStream | null>>) => {
  const open = new Map<string, PopOut>()
  const [shown, setShown] = createSignal<ReadonlySet<string>>(new Set())
  const tell = () => void setShown(new Set([...open].flatMap(([id, { page }]) => (page.closed ? [] : [id]))))
  const closeAll = () => {
    for (const { page } of open.values()) page.close()
  }
  createEffect(() => {
    const now = streams()
    for (const [id, { page, video }] of open) {
      const stream = now.get(id)
      if (page.closed) open.delete(id)
      else if (stream === undefined) page.close()
      else if (video.srcObject !== stream) video.srcObject = stream
    }
  })
  window.addEventListener("pagehide", closeAll)
  onCleanup(() => {
    window.removeEventListener("pagehide", closeAll)
    closeAll()
  })
  /** In the handler of a press. False: the browser blocked the window. */
  const show = (id: string, title: string): boolean => {
    const known = open.get(id)
    if (known !== undefined && !known.page.closed) {
      known.page.focus()
      return true
    }
    const page = window.open("", "", "popup,width=960,height=540")
    if (page === null) return false
    page.document.title = title
    const video = page.document.createElement("video")
    video.muted = true
    video.autoplay = true
    video.playsInline = true
    video.srcObject = streams().get(id) ?? null
    dress(page.document.body, ["margin", "background"])
    dress(video, ["width", "height", "object-fit"])
    page.document.body.append(video)
    open.set(id, { page, video })
    tell()
    // It is closed once this is over.
    page.addEventListener("pagehide", () => setTimeout(tell))
    return true
  }
  return {
    show,
    /** Which have a window now. */
    shown
  } as const
}
