export { loopTurn } from './loop-turn';
