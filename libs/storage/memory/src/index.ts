export { MemoryStorage } from './memory-storage';
export type { MemoryStores } from './stores';
