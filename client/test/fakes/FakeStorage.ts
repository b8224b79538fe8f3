/** The storage of one origin, or of one tab of it, as far as pages use `Storage`: empty at first. */
export const makeFakeStorage = (): Pick<Storage, "getItem" | "setItem" | "removeItem"> => {
  const values = new Map<string, string>()
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name)
  }
}
