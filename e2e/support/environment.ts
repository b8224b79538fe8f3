/** The environment for a command of the project: without the variables that Vitest sets for its tests. */
export const environment = (): NodeJS.ProcessEnv => {
  const { NODE_ENV: _, VITEST: __, ...own } = process.env
  return own
}
