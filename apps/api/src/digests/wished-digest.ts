import {
  DIGEST_SECTIONS,
  isTimeZone,
  mailAddress,
  type DigestSettings,
  type Schedule,
} from '@cloudpam/digests';
import { placeFilterOf } from '@cloudpam/events';
import { SchemaError } from '../http/schema';
import type { DigestPatchDto, DigestScheduleDto, NewDigestDto } from './dto/digest.dto';

/** The settings of a digest that is to be made, checked. */
export function newDigest(body: NewDigestDto): DigestSettings {
  const { name, recipients, schedule } = body;
  return {
    filter: {},
    severity: null,
    sections: DIGEST_SECTIONS,
    sendsEmpty: false,
    isEnabled: true,
    ...wishedDigest(body),
    name,
    recipients: recipientsOf(recipients),
    schedule: scheduleOf(schedule),
  };
}

/** The settings that a body gives, checked; those that it leaves out are left out. */
export function wishedDigest(body: DigestPatchDto): Partial<DigestSettings> {
  const { name, recipients, schedule, filter, severity, sections } = body;
  const { send_empty: sendsEmpty, enabled: isEnabled } = body;
  return {
    ...(name === undefined ? {} : { name }),
    ...(recipients === undefined ? {} : { recipients: recipientsOf(recipients) }),
    ...(schedule === undefined ? {} : { schedule: scheduleOf(schedule) }),
    ...(filter === undefined ? {} : { filter: placeFilterOf(filter) }),
    ...(severity === undefined ? {} : { severity }),
    ...(sections === undefined
      ? {}
      : { sections: DIGEST_SECTIONS.filter((each) => sections.includes(each)) }),
    ...(sendsEmpty === undefined ? {} : { sendsEmpty }),
    ...(isEnabled === undefined ? {} : { isEnabled }),
  };
}

function recipientsOf(recipients: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return recipients.map((each, at) => {
    const address = mailAddress(each);
    if (address === undefined)
      throw invalid(
        `recipients.${at}`,
        /[^\p{ASCII}].*@/u.test(each)
          ? 'must be in ASCII before the @: not every mail server takes others'
          : 'must be an e-mail address',
      );
    if (seen.has(address.toLowerCase())) throw invalid(`recipients.${at}`, 'stands there twice');
    seen.add(address.toLowerCase());
    return address;
  });
}

function scheduleOf({ every, weekday, hour, time_zone: zone }: DigestScheduleDto): Schedule {
  if ((every === 'weekly') !== (typeof weekday === 'number'))
    throw invalid('schedule.weekday', 'goes with `weekly`, and with nothing else');
  if (!isTimeZone(zone))
    throw invalid('schedule.time_zone', 'must be a time zone such as Europe/Berlin, or UTC');
  return { every, weekday: weekday ?? null, hour, timeZone: zone };
}

function invalid(field: string, detail: string): SchemaError {
  return new SchemaError([{ field, code: 'invalid_field', detail }]);
}
