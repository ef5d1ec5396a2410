export { csvsOfWorkbook, MAX_WORKBOOK_BYTES, type SheetCsv } from './csvs-of-workbook';
export { MAX_ROWS, workbookOf, WorkbookError, type CellValue, type Sheet } from './writer';
