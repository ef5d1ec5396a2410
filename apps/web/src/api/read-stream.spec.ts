import { readLines } from './read-stream';

async function linesOf(...chunks: readonly string[]): Promise<string[]> {
  const bytes = chunks.map((chunk) => Uint8Array.from(chunk, (char) => char.charCodeAt(0)));
  const lines: string[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const each of bytes) controller.enqueue(each);
      controller.close();
    },
  });
  for await (const line of readLines(body)) lines.push(line);
  return lines;
}

it('reads lines wherever they are cut, also inside a character', async () => {
  expect(await linesOf('{"a"', ':1}\n{"b":"\u00c3', '\u00bc"}\n\n', '{"c"', ':', '3}')).toEqual([
    '{"a":1}',
    '{"b":"ü"}',
    '{"c":3}',
  ]);
  expect(await linesOf()).toEqual([]);
});
