/** Rows that the sheets of a workbook may have together. */
export const MAX_ROWS = 200_000;
