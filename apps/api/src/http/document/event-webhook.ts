const header = (name: string, description: string, example: string): object => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', example },
});

/** What receivers of webhooks are sent, for the document: requests of ours to them. */
export const EVENT_WEBHOOK = {
  event: {
    post: {
      operationId: 'receiveEvent',
      tags: ['webhooks'],
      summary: 'Receive an event',
      description:
        'What a webhook of the template `cloudevents` is sent, signed as Standard Webhooks has it. ' +
        'It may come twice, with the same id.',
      security: [],
      parameters: [
        header('webhook-id', 'The id of the event', '4711'),
        header('webhook-timestamp', 'When it was sent, in seconds since 1970', '1769860800'),
        header(
          'webhook-signature',
          'One or two signatures with a space between them: `v1,` and HMAC-SHA-256 in base64',
          'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
        ),
      ],
      requestBody: {
        required: true,
        content: {
          'application/cloudevents+json': { schema: { $ref: '#/components/schemas/CloudEvent' } },
        },
      },
      responses: {
        '2XX': { description: 'It has arrived' },
        '410': { description: 'Nobody wants to be told any more: the webhook is paused' },
        default: { description: 'It is tried again' },
      },
    },
  },
};
