export const attention = {
  arrived: (name: string) => `${name} has arrived`,
  gone: (name: string) => `${name} has gone`,
  knocked: (name: string) => `${name} is waiting`,
  handRaised: (name: string) => `${name} has raised a hand`,
  wrote: (name: string) => `${name} has written`,
  hostArrived: "The host is here",
  sounds: "Sounds",
  soundsDetail: "A soft tone when somebody arrives, waits, raises a hand or writes. Nobody else hears it."
}
