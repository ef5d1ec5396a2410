import type { Schemas } from '@cloudpam/api-client';

const CONFIDENCES = {
  low: 'low confidence',
  medium: 'medium confidence',
  high: 'high confidence',
} as const satisfies Record<Schemas['ForecastConfidence'], string>;

/** What a forecast says, in a few words. */
export function endText({ forecast, prefix_length: length }: Schemas['PoolForecast']): string {
  switch (forecast.outcome) {
    case 'forecast':
      return `Ends ${forecast.day}`;
    case 'exhausted':
      return `No /${length} fits`;
    case 'not_enough_history':
      return 'Not enough history';
    case 'no_growth':
      return 'No growth';
    case 'beyond_3_years':
      return 'Beyond 3 years';
  }
}

/** Between which days it ends in eight of ten futures; undefined where no day is told. */
export function bandText({ forecast }: Schemas['PoolForecast']): string | undefined {
  const { day, earliest, latest, confidence } = forecast;
  if (day === null) return undefined;
  const until = latest === null ? 'later than 3 years' : latest;
  const worth = confidence === null ? '' : `, ${CONFIDENCES[confidence]}`;
  return `${earliest ?? day} to ${until}${worth}`;
}

/** What a forecast says, and why, in a sentence or two. */
export function forecastSentence(told: Schemas['PoolForecast']): string {
  const { forecast, prefix_length: length } = told;
  const { weeks, changes, backtest, left_out: leftOut } = forecast;
  const rests = `It rests on ${weeks} weeks with changes on ${changes} days.`;
  const left = leftOut === null ? '' : ` The week of ${leftOut} is left out: it was an import.`;
  switch (forecast.outcome) {
    case 'forecast':
      return (
        `At its mean growth no /${length} fits from ${forecast.day} on; in eight of ten futures from ` +
        `${bandText(told)}. ${rests} Of ${backtest.trials} forecasts out of its past ${backtest.held} ` +
        `had the truth in their band.${left}`
      );
    case 'exhausted':
      return `No /${length} fits now. ${rests}`;
    case 'not_enough_history':
      return (
        `There is not enough history to say when no /${length} fits: it takes 26 weeks and 8 days with ` +
        `changes, and there are ${weeks} weeks with ${changes}.`
      );
    case 'no_growth':
      return `The pool does not grow, so no day can be told. ${rests}${left}`;
    case 'beyond_3_years':
      return `At its mean growth a /${length} fits for more than three years. ${rests}${left}`;
  }
}
