import type { Schemas } from '@cloudpam/api-client';
import { ChangesCard } from './changes-card';
import { CoverageCard } from './coverage-card';
import classes from './dashboard.module.css';
import { EndingCard } from './ending-card';
import { FindingsCard } from './findings-card';
import { GrowthCard } from './growth-card';
import { FullestCard, UtilizationCard } from './utilization-card';

/** The charts and lists below the key figures. */
export function DashboardCards({ dashboard }: { dashboard: Schemas['Dashboard'] }) {
  return (
    <div className={classes.cards}>
      <FindingsCard dashboard={dashboard} />
      <EndingCard dashboard={dashboard} />
      <UtilizationCard dashboard={dashboard} />
      <FullestCard dashboard={dashboard} />
      <GrowthCard dashboard={dashboard} />
      <CoverageCard dashboard={dashboard} />
      <ChangesCard dashboard={dashboard} />
    </div>
  );
}
