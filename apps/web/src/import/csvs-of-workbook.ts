/** A sheet of a workbook as CSV. */
export interface SheetText {
  readonly name: string;
  readonly text: string;
}

/** The sheets of a workbook (.xls, .xlsx) that have cells; what reads it comes to the browser then. */
export async function csvsOfWorkbook(file: File): Promise<readonly SheetText[]> {
  const { read, utils } = await import('@e965/xlsx');
  const workbook = read(new Uint8Array(await file.arrayBuffer()), { dense: true });
  return workbook.SheetNames.flatMap((sheet) => {
    const cells = workbook.Sheets[sheet];
    const text = cells ? utils.sheet_to_csv(cells) : '';
    return text.trim() === '' ? [] : [{ name: `${file.name} ${sheet}.csv`, text }];
  });
}
