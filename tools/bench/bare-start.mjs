// The least that can be started: Fastify with one route. `/heap` tells what it has on the heap.
import Fastify from 'fastify';

const app = Fastify();
app.get('/readyz', async () => ({ status: 'ready' }));
app.get('/heap', async () => process.memoryUsage());
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`ready on http://127.0.0.1:${app.server.address().port}\n`);
