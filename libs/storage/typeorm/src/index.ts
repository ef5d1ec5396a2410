export { openStorage, TypeOrmStorage, type StorageOptions } from './typeorm-storage';
export { POSITION_PATTERN } from './replicas/position';
export type { Replicas } from './replicas/replicas';
export type { TypeOrmStores } from './stores';
export {
  backup,
  databaseOf,
  move,
  nativeBackup,
  restore,
  type Counts,
  type Made,
  type Progress,
  type Restored,
} from './dump';
export { CheckedStorage, STORAGE_CHECKS, type Finding } from './checks';
export { lookAtReplicas } from './replicas/look-at-replicas';
export type { End, StatementName, TracePoint, TracePoints } from './trace-point';
export { sqlitePath } from './database-url';
