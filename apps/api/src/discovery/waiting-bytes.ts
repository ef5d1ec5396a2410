import { getHeapStatistics } from 'node:v8';

/** What a deliverer may have waiting in parts: as much as this server can apply. */
export const WAITING_BYTES = getHeapStatistics().heap_size_limit / 4;
