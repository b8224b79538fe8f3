/** What the Worker's cron does every 10 minutes once deployed, it does here too. Gives what stops it. */
export const everyTenMinutes = (fire: () => Promise<unknown>): (() => void) => {
  const timer = setInterval(() => {
    fire().catch((cause: unknown) => process.stderr.write(`The cleanup failed: ${String(cause)}\n`))
  }, 600_000)
  return () => clearInterval(timer)
}
