import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { bandText, endText } from './forecast-words';

/** When it ends, and between which days. */
export function EndCell({ forecast }: { forecast: Schemas['PoolForecast'] }) {
  return (
    <>
      <div>{endText(forecast)}</div>
      <Text size="xs" c="dimmed">
        {bandText(forecast)}
      </Text>
    </>
  );
}
