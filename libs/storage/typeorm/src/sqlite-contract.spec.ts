import { storageContract } from '@cloudpam/storage-contract';
import { openSqlite } from './testing/storages';

storageContract('SQLite', openSqlite);
