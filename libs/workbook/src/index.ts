export { csvsOfWorkbook, MAX_WORKBOOK_BYTES, type SheetCsv } from './csvs-of-workbook';
export {
  MAX_ROWS,
  workbookOf,
  workbookSteps,
  WorkbookError,
  type CellValue,
  type Sheet,
} from './writer';
