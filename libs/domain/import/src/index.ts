export { ApplyImport, type ImportWish } from './apply-import';
export { columnOf, ImportError, type ImportErrorCode } from './import-error';
export {
  countsOf,
  IMPORT_ACTIONS,
  type ActionCounts,
  type FieldChange,
  type ImportAction,
  type ImportPlan,
  type PlannedRow,
} from './import-plan';
export {
  IMPORT_ENTITIES,
  IMPORT_FORMATS,
  ROW_ERROR_CODES,
  SKIP_CODES,
  type ImportedAccount,
  type ImportedAddress,
  type ImportedPool,
  type ImportedRange,
  type ImportedVlan,
  type ImportedVlanGroup,
  type ImportedVrf,
  type ImportEntity,
  type ImportFormat,
  type ImportRow,
  type ImportSource,
  type ImportTable,
  type KeptCloudFacts,
  type KeptHistory,
  type RowErrorCode,
  type SkipCode,
  type SkippedRow,
  type SourceId,
  type VlanName,
  type VrfName,
  type WrongRow,
} from './import-row';
export { PlanImport, type ImportRun } from './plan-import';
export {
  IMPORT_EVENTS,
  KeepMaps,
  SAVED_MAPS_LIMIT,
  SavedMapError,
  type ImportStores,
  type SavedMap,
  type SavedMapStore,
} from './saved-map';
