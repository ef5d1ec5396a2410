import { setFlagsFromString } from 'node:v8';

// To be imported before anything else. A collector waits for clouds most of the time, and
// containers are paid by their size: left alone, the heap grows to three times what is in use
// before it is cleaned. Loading the SDKs alone makes it do so.
setFlagsFromString('--optimize-for-size');
