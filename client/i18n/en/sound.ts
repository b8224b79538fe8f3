export const sound = {
  /** Why there is no sound yet. */
  press: "Press anywhere to start the sound",
  interrupted: {
    title: "Your device has taken the sound away",
    detail: "It does so for a phone call. The sound comes back by itself."
  },
  output: {
    title: "No sound output was found",
    detail: "Plug in headphones or a speaker: the sound starts by itself."
  },
  /** Who is not heard while there is no sound. */
  until: {
    deaf: "Until then you hear nobody.",
    mute: "Until then your guests do not hear you.",
    apart: "Until then your guests do not hear each other.",
    both: "Until then your guests hear neither you nor each other."
  }
}
