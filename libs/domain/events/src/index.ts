export {
  cloudEventOf,
  cloudEventSubject,
  cloudEventType,
  EVENT_TYPE_PREFIX,
  type CloudEvent,
  type CloudEventData,
  type EventPlace,
} from './cloud-event';
export {
  hasTag,
  isOfType,
  isWithin,
  passes,
  placeFilterFacts,
  placeFilterOf,
  subtreesAt,
  subtreesOf,
  type EventFilter,
  type PlaceFilter,
  type PlaceFilterFacts,
  type Subtree,
  type Subtrees,
  type SubtreeStores,
} from './event-filter';
export {
  TEMPLATE_KINDS,
  testFacts,
  WEBHOOK_EVENTS,
  WEBHOOK_STATES,
  WebhookError,
  WEBHOOKS_LIMIT,
  type Replay,
  type Template,
  type TemplateKind,
  type Webhook,
  type WebhookErrorCode,
  type WebhookProgress,
  type WebhookSecrets,
  type WebhookSettings,
  type WebhookState,
  type WebhookStore,
} from './webhook';
export {
  DELIVERIES_KEPT,
  DELIVERY_STATUSES,
  RETRY_DELAYS_MS,
  retryAt,
  type Attempt,
  type Delivery,
  type DeliveryOrder,
  type DeliveryStatus,
  type DeliveryStore,
} from './delivery';
export {
  FORMER_SECRET_MS,
  KeepWebhooks,
  type ReplayWish,
  type WebhookStores,
} from './keep-webhooks';
export {
  DeliverWebhooks,
  WEBHOOK_LEASE_MS,
  type DeliveringOptions,
  type DeliveringStores,
} from './deliver-webhooks';
export { UNORDERED_WIDTH, type Send } from './delivery-round';
