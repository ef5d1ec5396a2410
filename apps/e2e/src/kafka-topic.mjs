// `create BROKER TOPIC` makes a topic of one partition, `read BROKER TOPIC` prints all that is in one: a line of JSON
// for each message, with its key, headers and value. A process beside Jest, so that the two do not wait for each other.
import kafkajs from 'kafkajs';

const [action, broker, topic] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({
  clientId: 'e2e',
  brokers: [broker],
  logLevel: kafkajs.logLevel.NOTHING,
});
const admin = kafka.admin();
await admin.connect();
if (action === 'create') await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
else await read(Number((await admin.fetchTopicOffsets(topic))[0].high));
await admin.disconnect();

async function read(end) {
  if (end === 0) return;
  const consumer = kafka.consumer({ groupId: `e2e-${process.pid}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let printed = -1;
  await new Promise((resolve, reject) => {
    // The coordinator of a broker that has just come back still loads: the client begins anew by itself, at the front.
    consumer.on('consumer.crash', ({ payload }) => payload.restart || reject(payload.error));
    void consumer.run({
      autoCommit: false,
      eachMessage: async ({ message: { key, value, headers, offset } }) => {
        if (Number(offset) <= printed) return;
        printed = Number(offset);
        const told = Object.entries(headers).map(([name, text]) => [name, text.toString()]);
        const line = {
          key: key.toString(),
          value: value.toString(),
          headers: Object.fromEntries(told),
        };
        process.stdout.write(`${JSON.stringify(line)}\n`);
        if (printed === end - 1) resolve();
      },
    });
  });
  await consumer.disconnect();
}
