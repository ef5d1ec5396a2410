export { openStorage, TypeOrmStorage, type StorageOptions } from './typeorm-storage';
export type { TypeOrmStores } from './stores';
