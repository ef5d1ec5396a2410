import path from 'node:path';

/** The built page. */
export const WEB_ROOT = path.resolve(__dirname, '../../../web/dist');
