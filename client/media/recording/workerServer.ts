/**
 * How a page and its worker talk: numbered requests, and results with the same numbers, in order. This is the worker's
 * side; the page's is workerClient.ts.
 */

export interface WorkerRequest<Payload> {
  readonly number: number
  readonly request: Payload
}

export type WorkerResponse<Result> =
  | { readonly number: number; readonly result: Result }
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

/** Handles one request after the other, in the order in which they came. */
export const serve = <Payload, Result>(handle: (request: Payload) => Promise<Result>): void => {
  let previous = Promise.resolve()
  const respond = (response: WorkerResponse<Result>) => self.postMessage(response)
  self.addEventListener("message", ({ data: { number, request } }: MessageEvent<WorkerRequest<Payload>>) => {
    previous = previous.then(() =>
      handle(request).then(
        (result) => respond({ number, result }),
        (cause: unknown) => respond({ number, failure: failureOf(cause) })
      )
    )
  })
}
