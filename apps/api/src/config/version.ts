/** Of the product; the collector and the page say the same. */
export const VERSION = '0.1.0';
