import path from 'node:path';
import { productIn } from '@cloudpam/settings';

export const {
  version: VERSION,
  commit: COMMIT,
  text: VERSION_TEXT,
} = productIn(path.resolve(__dirname, '../..'));
