export { openStorage, TypeOrmStorage, type StorageOptions } from './typeorm-storage';
export { POSITION_PATTERN } from './replicas/position';
export type { Replicas } from './replicas/replicas';
export type { TypeOrmStores } from './stores';
