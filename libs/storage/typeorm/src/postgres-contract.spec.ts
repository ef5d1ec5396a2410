import { storageContract } from '@cloudpam/storage-contract';
import { postgresForSpec } from './testing/storages';

storageContract('PostgreSQL', postgresForSpec().open);
