export type Module = 'gcp-cloud-run' | 'aws-collector';

/** A mistake that is planted in a copy of a module, and the fault that must be found. */
export type Plant = readonly [
  module: Module,
  title: string,
  file: string,
  from: string,
  to: string,
  fault: RegExp,
];
