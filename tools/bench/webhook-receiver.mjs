// Receives what webhooks are told, in a process of its own: prints its port, and answers each line with how much came.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

let received = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    received++;
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
createInterface({ input: process.stdin })
  .on('line', () => console.log(received))
  .on('close', () => process.exit());
