/** Where Nest finds the `source` of events: the public URL of the server. */
export const EVENT_SOURCE = Symbol('EventSource');

/** The source of events of a server that does not know its public URL. */
export const UNNAMED_SOURCE = 'urn:cloudpam';
