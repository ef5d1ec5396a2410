// `create BROKER TOPIC` makes a topic of one partition, `read BROKER TOPIC` prints all that is in one: a line of JSON
// for each message, with its key, headers and value. A process beside Jest, which cannot load the client.
import { Admin, Consumer, MessagesStreamModes, stringDeserializers } from '@platformatic/kafka';

const [action, broker, topic] = process.argv.slice(2);
const options = { clientId: 'e2e', bootstrapBrokers: [broker], retries: 5 };

if (action === 'create') {
  const admin = new Admin(options);
  await admin.createTopics({ topics: [topic], partitions: 1, replicas: 1 });
  await admin.close();
} else {
  const consumer = new Consumer({
    ...options,
    groupId: `e2e-${process.pid}`,
    deserializers: stringDeserializers,
  });
  const end = (await consumer.listOffsets({ topics: [topic], timestamp: -1n })).get(topic)[0];
  if (end > 0n) {
    const mode = MessagesStreamModes.EARLIEST;
    const stream = await consumer.consume({ topics: [topic], mode, autocommit: false });
    for await (const { key, value, headers, offset } of stream) {
      process.stdout.write(
        `${JSON.stringify({ key, value, headers: Object.fromEntries(headers) })}\n`,
      );
      if (offset === end - 1n) break;
    }
  }
  await consumer.close(true);
}
