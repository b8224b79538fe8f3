/** Something that the person who runs a command can fix. The message is all that they need to read. */
export class Problem extends Error {
  override readonly name = "Problem"
}

/** True if the cause is that a file does not exist. */
export const isAbsent = (cause: unknown) => cause instanceof Error && "code" in cause && cause.code === "ENOENT"

/** Runs a command to its end. Prints a problem as its message, any other failure with its stack. Both exit with 1. */
export const main = (command: () => Promise<void>): void => {
  command().catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Problem ? cause.message : String(Object(cause).stack ?? cause)}\n`)
    process.exit(1)
  })
}
