export const attention = {
  arrived: (name: string) => `${name} ist da`,
  knocked: (name: string) => `${name} wartet`,
  handRaised: (name: string) => `${name} hebt die Hand`,
  wrote: (name: string) => `${name} hat geschrieben`,
  hostArrived: "Der Gastgeber ist da",
  sounds: "Töne",
  soundsDetail: "Ein leiser Ton, wenn jemand kommt, wartet, die Hand hebt oder schreibt. Niemand sonst hört ihn."
}
