import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js"

interface PopOut {
  readonly page: Window
  readonly video: HTMLVideoElement
}

/** Styles of a window that shows only one picture, for programs that capture windows. */
const style = { margin: "0", background: "#000", width: "100vw", height: "100vh", "object-fit": "contain" }

const applyStyle = (element: HTMLElement, names: ReadonlyArray<keyof typeof style>) => {
  for (const name of names) element.style.setProperty(name, style[name])
}

/** Windows of their own for some of these pictures, by id. They close with the page, and when their picture is gone. */
export const createPopOuts = (streams: Accessor<ReadonlyMap<string, MediaStream | null>>) => {
  const open = new Map<string, PopOut>()
  const [shown, setShown] = createSignal<ReadonlySet<string>>(new Set())
  const updateShown = () => void setShown(new Set([...open].flatMap(([id, { page }]) => (page.closed ? [] : [id]))))
  const closeAll = () => {
    for (const { page } of open.values()) page.close()
  }
  createEffect(() => {
    const current = streams()
    for (const [id, { page, video }] of open) {
      const stream = current.get(id)
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
    applyStyle(page.document.body, ["margin", "background"])
    applyStyle(video, ["width", "height", "object-fit"])
    page.document.body.append(video)
    open.set(id, { page, video })
    updateShown()
    // `closed` is true only after this event.
    page.addEventListener("pagehide", () => setTimeout(updateShown))
    return true
  }
  return {
    show,
    /** The ids of those that have a window now. */
    shown
  } as const
}
