export { csvsOfWorkbook } from './csvs-of-workbook';
export {
  MAX_ROWS,
  workbookOf,
  workbookSteps,
  WorkbookError,
  type CellValue,
  type Sheet,
} from './writer';
