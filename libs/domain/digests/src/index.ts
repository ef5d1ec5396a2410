export {
  DIGEST_PERIODS,
  isTimeZone,
  lastDue,
  nextDue,
  type DigestPeriod,
  type Schedule,
} from './schedule';
export {
  DIGEST_EVENTS,
  DIGEST_SECTIONS,
  DigestError,
  DIGESTS_LIMIT,
  mailAddress,
  RECIPIENTS_LIMIT,
  type Digest,
  type DigestErrorCode,
  type DigestFilter,
  type DigestProgress,
  type DigestSection,
  type DigestSettings,
  type DigestStore,
  type DigestStores,
} from './digest';
export { digestNotFound, KeepDigests } from './keep-digests';
export {
  ComposeDigest,
  DIGEST_FORECAST_DAYS,
  DIGEST_ITEMS,
  isEmptyDigest,
  type DigestContent,
  type DigestReadStores,
  type LeaseEnd,
  type Listed,
  type OpenCount,
} from './digest-content';
export {
  DIGEST_LEASE_MS,
  DIGEST_RETRY_DELAYS_MS,
  messageIdOf,
  SendDigests,
  type DigestSendingStores,
  type SendMail,
  type Sent,
} from './send-digests';
