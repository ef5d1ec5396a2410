import { ageText, momentText } from './ages';
import { useNow } from './use-now';

/** Age of a moment; the exact time on hover. */
export function TimeAgo({ at, never = '–' }: { at: string | null; never?: string }) {
  const now = useNow();
  if (at === null) return <span>{never}</span>;
  return (
    <time dateTime={at} title={momentText(at)}>
      {ageText(at, now)}
    </time>
  );
}
