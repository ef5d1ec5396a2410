export {
  cloudEventOf,
  cloudEventType,
  EVENT_TYPE_PREFIX,
  type CloudEvent,
  type CloudEventData,
  type EventPlace,
} from './cloud-event';
export { passes, type EventFilter, type Subtrees } from './event-filter';
