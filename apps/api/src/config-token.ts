/** Where Nest finds the settings. */
export const CONFIG = Symbol('Config');
