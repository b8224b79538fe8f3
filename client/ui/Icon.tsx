import css from "./Icon.module.css"

/** Drawings of 24 by 24 units, in lines 2 wide. */
const paths = {
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  microphoneOff: "M9 7v4a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.6-1.5M6 11a6 6 0 0 0 10 4.5M12 17v4M4 4l16 16",
  camera:
    "M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5ZM15 11l6-3.5v9L15 13",
  cameraOff:
    "M8 6h5.5A1.5 1.5 0 0 1 15 7.5V13M15 11l6-3.5v9L15 13M14.5 17.6a1.5 1.5 0 0 1-1 .4h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6M4 4l16 16",
  screen: "M4 5h16v11H4ZM9 20h6M12 16v4M12 13V8M9.5 10.5 12 8l2.5 2.5",
  screenOff: "M4 5h16v11H4ZM9 20h6M12 16v4M9.5 8l5 5M14.5 8l-5 5",
  layout: "M4 5h16v14H4ZM14.5 5v14M14.5 12H20",
  chat: "M4 5.5h16v11h-9l-4 3.5v-3.5H4ZM8 9.5h8M8 12.5h5",
  hand: "M7.5 12.5V6.5a1.5 1.5 0 0 1 3 0V11M10.5 11V4.5a1.5 1.5 0 0 1 3 0V11M13.5 11V5.5a1.5 1.5 0 0 1 3 0v6M16.5 9a1.5 1.5 0 0 1 3 0v5a7 7 0 0 1-7 7h-.5a7 7 0 0 1-5.7-3l-3-4.3a1.5 1.5 0 0 1 2.4-1.8l1.8 2",
  leave: "M14 4h4a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-4M3.5 12H14M10 8l4 4-4 4",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  pip: "M4 5h16v14H4ZM12 12h6v5h-6Z",
  enlarge: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15.5 15.5 20 20M11 8.5v5M8.5 11h5",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  speaker: "M4 9.5h3.5L12 5.5v13l-4.5-4H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-4 2.5-6 6-6s6 2 6 6M15.5 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .9 3 2.8 3 5.5",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
  share: "M12 15V4M8 7.5 12 4l4 3.5M5 12v7h14v-7",
  record: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  stop: "M6 6h12v12H6Z",
  pin: "M9 4h6l-.8 6 2.8 3.5H7L9.8 10ZM12 13.5V20",
  popout: "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9",
  talk: "M4 10v4l9 4V6ZM13 9a3 3 0 0 1 0 6M6.5 15l1 5H10l-.8-4M17 8.5a5 5 0 0 1 0 7",
  remove: "M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3.5 20c0-4 2.6-6 6.5-6 1.5 0 2.8.3 3.9.9M16 16l5 5M21 16l-5 5",
  check: "M5 12.5 10 17.5 19 7",
  close: "M6 6l12 12M18 6 6 18"
} as const

export type IconName = keyof typeof paths

/** A drawing beside text of the same meaning. */
export const Icon = (props: { readonly name: IconName }) => (
  <svg class={css.icon} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[props.name]} />
  </svg>
)
