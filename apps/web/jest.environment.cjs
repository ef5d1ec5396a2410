const { TestEnvironment } = require('jest-environment-jsdom');

const OF_NODE = [
  'Blob',
  'BroadcastChannel',
  'File',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'ReadableStream',
  'structuredClone',
  'TextDecoder',
  'TextDecoderStream',
  'TextEncoder',
];

/** A document by jsdom, and by Node what jsdom has not: what requests and answers are made of. */
module.exports = class PageEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of OF_NODE) this.global[name] = globalThis[name];
  }

  exportConditions() {
    return ['@cloudpam/source', 'browser', 'require', 'default'];
  }
};
