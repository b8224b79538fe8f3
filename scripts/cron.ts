/** Fires the Worker's cron every 10 minutes, as it does once deployed. Returns a function that stops it. */
export const everyTenMinutes = (fire: () => Promise<unknown>): (() => void) => {
  const timer = setInterval(() => {
    fire().catch((cause: unknown) => process.stderr.write(`The cleanup failed: ${String(cause)}\n`))
  }, 600_000)
  return () => clearInterval(timer)
}
