const { TestEnvironment } = require('jest-environment-jsdom');

const OF_NODE = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'BroadcastChannel',
  'Headers',
  'Request',
  'Response',
  'structuredClone',
  'TextDecoder',
  'TextEncoder',
];

/** A document by jsdom, and what jsdom has not, or not whole, by Node: fetch and its classes. */
module.exports = class PageEnvironment extends TestEnvironment {
  constructor(config, context) {
    super({ ...config, projectConfig: { ...config.projectConfig } }, context);
    for (const name of OF_NODE) this.global[name] = globalThis[name];
  }

  exportConditions() {
    return ['@cloudpam/source', 'browser', 'require', 'default'];
  }
};
