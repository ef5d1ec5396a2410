export { loopTurn } from './loop-turn';
export {
  openStorage,
  TypeOrmStorage,
  type StorageOptions,
  type TypeOrmStores,
} from './typeorm-storage';
