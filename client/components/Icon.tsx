import css from "./Icon.module.css"

const paths = {
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v4",
  microphoneOff: "M9 7v4a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.6-1.5M6 11a6 6 0 0 0 10 4.5M12 17v4M4 4l16 16",
  camera:
    "M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.500ZM15 11l6-3.500v9L15 13",
  cameraOff:
    "M8 6h5.500A1.500 1.500 0 0 1 15 7.500V13M15 11l6-3.500v9L15 13M14.500 17.600a1.500 1.500 0 0 1-1 .400h-9A1.500 1.500 0 0 1 3 16.500v-9A1.500 1.500 0 0 1 4.500 6M4 4l16 16"
} as const

/** A drawing beside the words that say the same. */
export const Icon = (props: { readonly name: keyof typeof paths }) => (
  <svg class={css.icon} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[props.name]} />
  </svg>
)
