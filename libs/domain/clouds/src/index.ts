export { GLOBAL_REGION, type Cloud } from './cloud';
export { CLOUDS, PROVIDERS, scopeRegion, type Provider } from './clouds';
