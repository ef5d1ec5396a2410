import { storageContract } from '@cloudpam/storage-contract';
import { MemoryStorage } from './memory-storage';

storageContract('memory', async () => new MemoryStorage());
