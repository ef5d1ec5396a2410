import path from 'node:path';
import { productIn } from '@cloudpam/settings';

export const { version: VERSION, text: VERSION_TEXT } = productIn(path.resolve(__dirname, '../..'));
