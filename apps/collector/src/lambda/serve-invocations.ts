/** One exchange with the runtime API of Lambda. */
type Exchange = (path: string, body?: object) => Promise<Response>;

const VERSION = '2018-06-01/runtime';

/**
 * Answers invocations of Lambda one after another, by its runtime API, until `stop` aborts. A run
 * of which nothing worked is an error of the function, so that it is retried and alarms see it.
 * @param runtimeApi host and port, as in AWS_LAMBDA_RUNTIME_API
 * @param collect runs the collector once; gives its exit code, 0 to 2
 * @throws when the runtime API does not answer
 */
export async function serveInvocations(
  runtimeApi: string,
  collect: () => Promise<number>,
  stop: AbortSignal,
): Promise<void> {
  const exchange: Exchange = (path, body) =>
    fetch(
      `http://${runtimeApi}/${VERSION}/${path}`,
      body ? { method: 'POST', body: JSON.stringify(body) } : { signal: stop },
    );
  while (!stop.aborted) {
    const next = await exchange('invocation/next').catch((error: unknown) => {
      if (stop.aborted) return undefined;
      throw error;
    });
    if (!next) return;
    const id = next.headers.get('lambda-runtime-aws-request-id');
    await next.arrayBuffer();
    if (!next.ok || !id) throw new Error(`the runtime API answered with status ${next.status}`);
    const exitCode = await collect();
    await (exitCode === 2
      ? exchange(`invocation/${id}/error`, {
          errorType: 'NothingWorked',
          errorMessage: 'the collector ended with 2; see its log',
        })
      : exchange(`invocation/${id}/response`, { exit_code: exitCode }));
  }
}
