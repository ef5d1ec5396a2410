import type { Schemas } from '@cloudpam/api-client';
import { placeFilterOf, placeForm, type PlaceForm } from '../limits/place-fields';

/** What a person fills in of a digest. */
export interface DigestForm extends PlaceForm {
  readonly name: string;
  readonly recipients: readonly string[];
  readonly every: Schemas['DigestPeriod'];
  readonly weekday: number;
  readonly hour: number;
  readonly timeZone: string;
  readonly severity: Schemas['FindingSeverity'] | null;
  readonly sections: readonly Schemas['DigestSection'][];
  readonly sendEmpty: boolean;
  readonly enabled: boolean;
}

const MONDAY = 1;
const MORNING = 7;

/** The form of a digest, or of a new one: on Mondays at seven, where the person is. */
export function digestForm(digest?: Schemas['Digest']): DigestForm {
  const { filter, schedule } = digest ?? {};
  return {
    name: digest?.name ?? '',
    recipients: digest?.recipients ?? [],
    every: schedule?.every ?? 'weekly',
    weekday: schedule?.weekday ?? MONDAY,
    hour: schedule?.hour ?? MORNING,
    timeZone: schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...placeForm(filter),
    severity: digest?.severity ?? null,
    sections: digest?.sections ?? ['findings', 'leases', 'forecasts'],
    sendEmpty: digest?.send_empty ?? false,
    enabled: digest?.enabled ?? true,
  };
}

/** The digest that a form asks for. */
export function digestOf(form: DigestForm): Required<Schemas['NewDigest']> {
  const { every, weekday, hour, timeZone } = form;
  return {
    name: form.name.trim(),
    recipients: form.recipients.map((each) => each.trim()),
    schedule: { every, weekday: every === 'weekly' ? weekday : null, hour, time_zone: timeZone },
    filter: placeFilterOf(form),
    severity: form.severity,
    sections: [...form.sections],
    send_empty: form.sendEmpty,
    enabled: form.enabled,
  };
}
