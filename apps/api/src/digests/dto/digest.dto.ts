import { PartialType } from '@nestjs/swagger';
import {
  DIGEST_PERIODS,
  DIGEST_SECTIONS,
  RECIPIENTS_LIMIT,
  type Digest,
  type DigestPeriod,
  type DigestSection,
} from '@cloudpam/digests';
import { placeFilterFacts } from '@cloudpam/events';
import { FINDING_SEVERITIES, type FindingSeverity } from '@cloudpam/reconciliation';
import { listOf, NameFilterField, WholeListQuery } from '../../http/common.dto';
import {
  BooleanField,
  IdsField,
  NameField,
  ObjectField,
  RecordIdField,
  TextField,
  TextsField,
  TimeField,
  WholeField,
  WordField,
} from '../../http/fields';
import type { DigestMail } from '../digest-mail';

const MOST = { max: 100, optional: true } as const;
/** More than a digest can have, whatever it lists. */
const LONGEST_MAIL = 1_000_000;
const RECIPIENTS = ['net-team@example.com'];

/** When a digest is sent. */
export class DigestScheduleDto {
  @WordField({
    words: DIGEST_PERIODS,
    name: 'DigestPeriod',
    description: 'Each day, or on one day of the week',
    example: 'weekly',
  })
  every!: DigestPeriod;

  @WholeField({
    description: 'Of `weekly`: the day, from 1, Monday, to 7, Sunday; left out otherwise',
    min: 1,
    max: 7,
    optional: true,
    nullable: true,
    example: 1,
  })
  weekday?: number | null;

  @WholeField({ description: 'The hour of the clock there', min: 0, max: 23, example: 7 })
  hour!: number;

  @TextField({
    description: 'Whose clock: a name of the IANA time zone database',
    min: 1,
    max: 100,
    example: 'Europe/Berlin',
  })
  time_zone!: string;
}

/** What a digest tells of: what fits every given field. */
export class DigestFilterDto {
  @IdsField({ description: 'In any of these VRFs', ...MOST, unique: true })
  vrf_ids?: number[];

  @IdsField({ description: 'Of any of these accounts', ...MOST, unique: true })
  account_ids?: number[];

  @IdsField({ description: 'At or below any of these pools', ...MOST, unique: true })
  pool_ids?: number[];

  @TextsField({
    description:
      'Of pools with any of these tags, `key` or `key:value`, and of what lies directly in them',
    ...MOST,
    longest: 400,
    example: ['env:prod'],
  })
  tags?: string[];

  static of(filter: Digest['filter']): DigestFilterDto {
    return placeFilterFacts(filter);
  }
}

/** A digest that is to be made. */
export class NewDigestDto {
  @NameField({ description: 'The name; no other digest has it', example: 'network-weekly' })
  name!: string;

  @TextsField({
    description: 'Whom it is sent to: e-mail addresses, none twice. They do not see each other',
    min: 1,
    max: RECIPIENTS_LIMIT,
    longest: 254,
    example: RECIPIENTS,
  })
  recipients!: string[];

  @ObjectField({ type: () => DigestScheduleDto, description: 'When it is sent' })
  schedule!: DigestScheduleDto;

  @ObjectField({
    type: () => DigestFilterDto,
    description: 'What it tells of; everything when left out',
    optional: true,
  })
  filter?: DigestFilterDto;

  @WordField({
    words: FINDING_SEVERITIES,
    name: 'FindingSeverity',
    description: 'Findings of this severity and above; of all when left out or null',
    optional: true,
    nullable: true,
  })
  severity?: FindingSeverity | null;

  @TextsField({
    words: DIGEST_SECTIONS,
    name: 'DigestSection',
    description: 'What it has; everything when left out',
    min: 1,
    max: DIGEST_SECTIONS.length,
    optional: true,
    example: [...DIGEST_SECTIONS],
  })
  sections?: DigestSection[];

  @BooleanField({
    description: 'Send it also when there is nothing new to tell',
    optional: true,
    default: false,
  })
  send_empty?: boolean;

  @BooleanField({ description: 'Whether it is sent', optional: true, default: true })
  enabled?: boolean;
}

/** What is to be changed of a digest. */
export class DigestPatchDto extends PartialType(NewDigestDto, { skipNullProperties: false }) {}

/** A summary that is sent by e-mail. */
export class DigestDto {
  @RecordIdField({ description: 'The id', example: 3 })
  id!: number;

  @NameField({ description: 'The name', example: 'network-weekly' })
  name!: string;

  @TextsField({ description: 'Whom it is sent to', example: RECIPIENTS })
  recipients!: string[];

  @ObjectField({ type: () => DigestScheduleDto, description: 'When it is sent' })
  schedule!: DigestScheduleDto;

  @ObjectField({ type: () => DigestFilterDto, description: 'What it tells of' })
  filter!: DigestFilterDto;

  @WordField({
    words: FINDING_SEVERITIES,
    name: 'FindingSeverity',
    description: 'Findings of this severity and above; null: of all',
    nullable: true,
  })
  severity!: FindingSeverity | null;

  @TextsField({
    words: DIGEST_SECTIONS,
    name: 'DigestSection',
    description: 'What it has',
    example: [...DIGEST_SECTIONS],
  })
  sections!: DigestSection[];

  @BooleanField({ description: 'Whether it is sent also when there is nothing new to tell' })
  send_empty!: boolean;

  @BooleanField({ description: 'Whether it is sent' })
  enabled!: boolean;

  @BooleanField({ description: 'Whether the server has `SMTP_URL`, without which nothing is sent' })
  mail_set_up!: boolean;

  @TimeField({
    description: 'When it is sent, or tried again; null where it is not enabled',
    nullable: true,
  })
  next_at!: Date | null;

  @TimeField({ description: 'When it was last sent; null: never', nullable: true })
  last_sent_at!: Date | null;

  @TextField({
    description: 'What went wrong last; null where all is well',
    nullable: true,
    example: '421 try again later',
  })
  last_error!: string | null;

  @TimeField({ description: 'When it was made' })
  created_at!: Date;

  @TimeField({ description: 'When it was last changed' })
  updated_at!: Date;

  @WholeField({ description: 'Counts the changes', example: 1 })
  version!: number;

  /** @param isSetUp whether mail can be sent */
  static of(digest: Digest, isSetUp: boolean): DigestDto {
    const { every, weekday, hour, timeZone } = digest.schedule;
    return {
      id: digest.id,
      name: digest.name,
      recipients: [...digest.recipients],
      schedule: { every, weekday, hour, time_zone: timeZone },
      filter: DigestFilterDto.of(digest.filter),
      severity: digest.severity,
      sections: [...digest.sections],
      send_empty: digest.sendsEmpty,
      enabled: digest.isEnabled,
      mail_set_up: isSetUp,
      next_at: digest.retryAt ?? digest.dueAt,
      last_sent_at: digest.lastSentAt,
      last_error: digest.failure,
      created_at: digest.createdAt,
      updated_at: digest.updatedAt,
      version: digest.version,
    };
  }
}

/** All digests. */
export class DigestsDto extends listOf(DigestDto, 'DigestsDto') {
  @BooleanField({ description: 'Whether the server has `SMTP_URL`, without which nothing is sent' })
  mail_set_up!: boolean;
}

/** Which of the digests are listed. */
export class DigestQuery extends WholeListQuery {
  @NameFilterField()
  name?: string;
}

/** A digest as it would be sent now. */
export class DigestPreviewDto {
  @TextField({ description: 'The subject', example: 'CloudPAM network-weekly: 2 new findings' })
  subject!: string;

  @TextField({
    description: 'The plain text',
    max: LONGEST_MAIL,
    example: 'network-weekly ...',
  })
  text!: string;

  @TextField({ description: 'The HTML', max: LONGEST_MAIL, example: '<!doctype html> ...' })
  html!: string;

  static of({ subject, text, html }: DigestMail): DigestPreviewDto {
    return { subject, text, html };
  }
}

/** What became of a digest that was sent to be looked at. */
export class DigestTestDto {
  @BooleanField({ description: 'Whether the mail server has taken it for anybody' })
  sent!: boolean;

  @TextsField({
    description: 'The recipients whom the mail server has refused, each with its answer',
    example: [],
  })
  refused!: string[];

  @TextField({
    description: 'Why it was not sent; null where it was',
    nullable: true,
    example: null as unknown as string,
  })
  error!: string | null;
}
