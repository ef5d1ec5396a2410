import type { Schemas } from '@cloudpam/api-client';
import { Box, SegmentedControl } from '@mantine/core';
import { Suspense } from 'react';
import { countText } from '../format/counts';
import { lazily } from '../lazy/lazily';
import { useUrlParams } from '../url/use-url-params';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import type { Numbers } from './dashboard-card';

const GrowthChart = lazily(() => import('./growth-chart'), 'GrowthChart');
/** So high is the chart with its caption: what is below does not move when it comes. */
const HEIGHT = 243;

/** How the use of all pools has grown, and may go on. */
export function GrowthCard({
  dashboard: { estate, missing },
}: {
  dashboard: Schemas['Dashboard'];
}) {
  const params = useUrlParams();
  const growths = { 4: estate?.growth_ipv4, 6: estate?.growth_ipv6 };
  const family = growths[6] && (params.text('family') === '6' || !growths[4]) ? 6 : 4;
  const growth = growths[family];
  return (
    <DashboardCard
      title="Growth"
      name="growth"
      span={7}
      about={`IPv${family} addresses in use, of the pools at the top`}
      numbers={growth ? numbersOf(growth) : undefined}
    >
      {growths[4] && growths[6] && (
        <SegmentedControl
          size="xs"
          mb={8}
          style={{ alignSelf: 'flex-start' }}
          aria-label="Growth of"
          value={String(family)}
          onChange={(value) => params.set({ family: value === '4' ? null : value })}
          data={[
            { value: '4', label: 'IPv4' },
            { value: '6', label: 'IPv6' },
          ]}
        />
      )}
      {!estate && <MissingPart part="estate" missing={missing} />}
      {estate && !growth && <Quiet>There is no past yet: it begins with the first pool.</Quiet>}
      {growth && (
        <Box mih={HEIGHT}>
          <Suspense>
            <GrowthChart growth={growth} family={`IPv${family}`} />
          </Suspense>
        </Box>
      )}
    </DashboardCard>
  );
}

function numbersOf({ past, outlook }: Schemas['EstateGrowth']): Numbers {
  const text = (count: string): string => countText(count).exact;
  return {
    titles: ['Day', 'In use', 'At least', 'Half of futures', 'At most'],
    rows: [
      ...past.map(({ day, used }) => [day, text(used), '', '', ''] as const),
      ...outlook.map(
        ({ day, low, middle, high }) => [day, '', text(low), text(middle), text(high)] as const,
      ),
    ],
  };
}
