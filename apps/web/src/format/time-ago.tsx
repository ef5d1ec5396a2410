import { ageText, momentText } from './ages';

/** Age of a moment; the exact time on hover. */
export function TimeAgo({ at, never = '–' }: { at: string | null; never?: string }) {
  if (at === null) return <span>{never}</span>;
  return (
    <time dateTime={at} title={momentText(at)}>
      {ageText(at, Date.now())}
    </time>
  );
}
