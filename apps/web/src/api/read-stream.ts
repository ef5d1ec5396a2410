/** A stream piece by piece. Not every browser walks over one by itself. */
export async function* readChunks<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops before the end wants no more of it.
    void reader.cancel().catch(() => undefined);
  }
}

/**
 * The lines of an answer, each as soon as it is there; empty ones are left out.
 * @param onBytes told of each piece how many bytes it has
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  onBytes: (more: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // A line may be as long as the whole answer: its pieces are put together once.
  let begun: string[] = [];
  for await (const chunk of readChunks(stream)) {
    onBytes(chunk.length);
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
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
