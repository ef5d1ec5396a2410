// Ends with 0 when the server of this machine can answer: HEALTHCHECK of the image.
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

const { HOST = '127.0.0.1', PORT = '8080', TLS_CERT } = process.env;
const host = ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST;
const request = TLS_CERT ? secure : plain;
// Its own server, whose certificate need not name this address.
const question = request({ host, port: PORT, path: '/readyz', rejectUnauthorized: false });
question.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
question.on('error', () => process.exit(1));
question.end();
