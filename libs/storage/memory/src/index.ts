export { MemoryStorage, type MemoryStores } from './memory-storage';
