// What writes workbooks, without the library that reads them.
export { MAX_ROWS } from './limits';
export { WorkbookError } from './workbook-error';
export { workbookOf, workbookSteps, type CellValue, type Sheet } from './workbook-of';
