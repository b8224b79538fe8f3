/** Tells a memo that the same are in it as before, in whatever order. */
export const sameMembers = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id))

/** Tells a memo that the same are in it as before, in the same order. */
export const sameOrder = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index])
