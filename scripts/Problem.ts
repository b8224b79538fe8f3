/** Something that the person who runs a command can put right. The message is all that they need to read. */
export class Problem extends Error {
  override readonly name = "Problem"
}

/** True where what failed is that a file is not there. */
export const isAbsent = (cause: unknown) => cause instanceof Error && "code" in cause && cause.code === "ENOENT"

/** Runs a command to its end. A problem is printed in one sentence, anything else whole; both end with exit code 1. */
export const main = (command: () => Promise<void>): void => {
  command().catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Problem ? cause.message : String(Object(cause).stack ?? cause)}\n`)
    process.exit(1)
  })
}
