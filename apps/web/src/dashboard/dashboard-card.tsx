import type { Schemas } from '@cloudpam/api-client';
import { Anchor, ScrollArea, Table, Text } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { FailureBoundary } from '../lazy/failure-boundary';
import { useUrlParams } from '../url/use-url-params';
import classes from './dashboard.module.css';

const REASONS = {
  not_counted_yet: 'All pools are being counted. That takes a few seconds.',
  too_many_pools:
    'You see more than 2,000 pools. For callers with limits so many are not added up.',
  not_allowed: 'You may not read this.',
  failed: 'This could not be read. The log of the server says more.',
} as const satisfies Record<Schemas['MissingReason'], string>;

/** The numbers behind a chart: what each row is called, and its values under the titles. */
export interface Numbers {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly [name: string, ...values: string[]])[];
}

interface CardProps {
  readonly title: string;
  /** Names it in the URL. */
  readonly name: string;
  readonly span: 5 | 7 | 12;
  readonly about?: ReactNode;
  /** Where there is more. */
  readonly more?: { readonly to: string; readonly label: string };
  readonly numbers?: Numbers;
  readonly children: ReactNode;
}

/**
 * A part of the dashboard: its title, the way to more, and a chart that can be read as a table too.
 * When it fails the others stay.
 */
export function DashboardCard({ title, name, span, about, more, numbers, children }: CardProps) {
  const id = useId();
  const params = useUrlParams();
  const shown = params.texts('table');
  const isTable = numbers !== undefined && shown.includes(name);
  const toggle = (): void =>
    params.set({
      table: isTable ? shown.filter((each) => each !== name) : [...shown, name],
    });
  return (
    <section className={classes.card} data-span={span} aria-labelledby={id}>
      <div className={classes.cardHead}>
        <Text component="h2" id={id} fw={600} size="md" m={0}>
          {title}
        </Text>
        {about && (
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        )}
        <div className={classes.cardTools}>
          {numbers && numbers.rows.length > 0 && (
            <Anchor
              component="button"
              size="xs"
              aria-pressed={isTable}
              aria-label={`${title} as a table`}
              onClick={toggle}
            >
              {isTable ? 'Chart' : 'Table'}
            </Anchor>
          )}
          {more && (
            <Anchor component={Link} to={more.to} size="xs">
              {more.label}
            </Anchor>
          )}
        </div>
      </div>
      <FailureBoundary instead={<Quiet>This part could not be shown.</Quiet>}>
        {isTable ? <NumbersBehind title={title} numbers={numbers} /> : children}
      </FailureBoundary>
    </section>
  );
}

/** Why there is nothing to show of a part. */
export function MissingPart({
  part,
  missing,
}: {
  part: Schemas['DashboardPart'];
  missing: Schemas['Dashboard']['missing'];
}) {
  const reason = missing.find((each) => each.part === part)?.reason ?? 'failed';
  return <Quiet>{REASONS[reason]}</Quiet>;
}

/** Says in a line that there is nothing. */
export function Quiet({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" py={6}>
      {children}
    </Text>
  );
}

function NumbersBehind({ title, numbers }: { title: string; numbers: Numbers }) {
  const [first = '', ...others] = numbers.titles;
  return (
    <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table aria-label={title} fz="xs" verticalSpacing={3} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{first}</Table.Th>
            {others.map((each) => (
              <Table.Th key={each} ta="right">
                {each}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {numbers.rows.map(([name, ...values]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              {values.map((value, at) => (
                <Table.Td key={others[at]} className={classes.number}>
                  {value}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
