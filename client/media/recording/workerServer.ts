/**
 * How a page and its worker talk: questions with numbers, answers with the same numbers, in order. This is the worker's
 * side; the page's is workerClient.ts.
 */

export interface Asked<Question> {
  readonly number: number
  readonly question: Question
}

export type Answered<Answer> =
  | { readonly number: number; readonly answer: Answer }
  | { readonly number: number; readonly failure: Failure }

/** An error as it travels between a worker and its page. */
export interface Failure {
  readonly name: string
  readonly message: string
}

/** The name of the failure of a browser without FileSystemSyncAccessHandle. */
export const noSyncFiles = "NoSyncFiles"

export const failureOf = (cause: unknown): Failure =>
  cause instanceof Error ? { name: cause.name, message: cause.message } : { name: "", message: String(cause) }

/** The worker's side: answers one question after the other, in the order in which they came. */
export const answer = <Question, Answer>(handle: (question: Question) => Promise<Answer>): void => {
  let before = Promise.resolve()
  const say = (answered: Answered<Answer>) => self.postMessage(answered)
  self.addEventListener("message", ({ data: { number, question } }: MessageEvent<Asked<Question>>) => {
    before = before.then(() =>
      handle(question).then(
        (answer) => say({ number, answer }),
        (cause: unknown) => say({ number, failure: failureOf(cause) })
      )
    )
  })
}
