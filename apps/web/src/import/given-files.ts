/** A file as a person gave it, and what is sent of it. */
export interface GivenFile {
  /** Differs for each that was given. */
  readonly id: number;
  readonly name: string;
  /** What is sent: the file itself, or a CSV of each sheet of a workbook. */
  readonly parts: readonly File[];
  /** How it was read here, where it was. */
  readonly note?: string;
  /** Why it cannot be sent. */
  readonly fault?: string;
}

const WORKBOOK = /\.xls[xmb]?$/i;

/** Bytes of all files together that the server takes. */
export const MOST_BYTES = 32 * 1024 * 1024;

let given = 0;

/** Makes ready what was given: workbooks are read here, for the server reads CSV alone. */
export function readGiven(files: readonly File[]): Promise<GivenFile[]> {
  return Promise.all(files.map(readOne));
}

async function readOne(file: File): Promise<GivenFile> {
  given += 1;
  const about = { id: given, name: file.name };
  if (!WORKBOOK.test(file.name)) return { ...about, parts: [file] };
  try {
    // What reads workbooks comes to the browser when there is one.
    const { csvsOfWorkbook } = await import('@cloudpam/workbook');
    const sheets = csvsOfWorkbook(file.name, new Uint8Array(await file.arrayBuffer()));
    if (sheets.length === 0) return { ...about, parts: [], fault: 'No sheet of it has a cell.' };
    // In the name of a file a slash stands for a folder.
    const parts = sheets.map(
      ({ name, text }) => new File([text], name.replaceAll('/', ' '), { type: 'text/csv' }),
    );
    return { ...about, parts, note: noteOf(parts) };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { ...about, parts: [], fault };
  }
}

function noteOf(sheets: readonly File[]): string {
  const count = sheets.length === 1 ? '1 sheet' : `${sheets.length} sheets`;
  return `Read in this browser, ${count}: ${sheets.map(({ name }) => name).join(', ')}`;
}

/** More files beside those that are there; one of the same name gets a number. */
export function withFiles(
  there: readonly GivenFile[],
  more: readonly GivenFile[],
): readonly GivenFile[] {
  const names = new Set(there.flatMap(({ parts }) => parts.map(({ name }) => name)));
  const own = (part: File): File => {
    let { name } = part;
    for (let count = 2; names.has(name); count += 1) name = numbered(part.name, count);
    names.add(name);
    return name === part.name ? part : new File([part], name, { type: part.type });
  };
  return [...there, ...more.map((file) => ({ ...file, parts: file.parts.map(own) }))];
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name} (${count})` : `${name.slice(0, dot)} (${count})${name.slice(dot)}`;
}

/** Everything that is sent. */
export function partsOf(files: readonly GivenFile[]): readonly File[] {
  return files.flatMap(({ parts }) => parts);
}

/** Bytes of everything that is sent. */
export function bytesOf(files: readonly GivenFile[]): number {
  return partsOf(files).reduce((all, { size }) => all + size, 0);
}

/** Bytes as people read them: `512 B`, `1.2 kB`, `32 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const [size, unit] = bytes < 1_048_576 ? [bytes / 1_024, 'kB'] : [bytes / 1_048_576, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
