export const attention = {
  arrived: (name: string) => `${name} ist da`,
  gone: (name: string) => `${name} ist weg`,
  knocked: (name: string) => `${name} wartet`,
  handRaised: (name: string) => `${name} hebt die Hand`,
  wrote: (name: string) => `${name} hat geschrieben`,
  hostArrived: "Der Gastgeber ist da",
  sounds: "Töne",
  soundsDetail: "Ein leiser Ton, wenn jemand kommt, wartet, die Hand hebt oder schreibt. Niemand sonst hört ihn."
}
