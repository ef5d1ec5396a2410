/** The lines of an answer, each as soon as it is there; empty ones are left out. */
export async function* readLines(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let begun: string[] = [];
  for (;;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) break;
    const [first = '', ...others] = chunk.value.split('\n');
    begun.push(first);
    for (const other of others) {
      const line = begun.join('');
      if (line !== '') yield line;
      begun = [other];
    }
  }
  const last = begun.join('');
  if (last !== '') yield last;
}
