/** What a command of the project finds in its environment: all but Vitest's own variables, by which vite.config.ts would be the tests' one. */
export const environment = (): NodeJS.ProcessEnv => {
  const { NODE_ENV: _, VITEST: __, ...own } = process.env
  return own
}
