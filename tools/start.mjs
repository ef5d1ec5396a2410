// `npm start`: the compiled server in this process, ending when npm does.
import { stopWithNpm } from './stop-with-npm.mjs';

stopWithNpm();
await import('../apps/api/dist/main.js');
