export { startReplica, type PostgresReplica } from './postgres-replica';
export { startPostgres, type PostgresServer } from './postgres-server';
export { sqliteDriver } from '../sqlite-driver';
export { fillEveryTable } from './fill-every-table';
