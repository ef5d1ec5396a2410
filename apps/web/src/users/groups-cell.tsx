import { Button, Popover, ScrollArea, Text } from '@mantine/core';

const SHOWN = 3;

/** The first groups of a person, and on demand all of them: some are in hundreds. */
export function GroupsCell({ groups, name }: { groups: readonly string[]; name: string }) {
  if (groups.length <= SHOWN)
    return (
      <Text size="sm" truncate title={groups.join(', ')}>
        {groups.join(', ')}
      </Text>
    );
  return (
    <>
      <Text size="sm" truncate title={groups.slice(0, SHOWN).join(', ')}>
        {groups.slice(0, SHOWN).join(', ')}
      </Text>
      <Popover position="bottom-start" withArrow shadow="md" width={320}>
        <Popover.Target>
          <Button size="compact-xs" variant="subtle" aria-label={`All ${groups.length} groups of ${name}`}>
            {groups.length - SHOWN} more
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <ScrollArea.Autosize mah={300}>
            {groups.map((group) => (
              <Text key={group} size="xs" style={{ overflowWrap: 'anywhere' }}>
                {group}
              </Text>
            ))}
          </ScrollArea.Autosize>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
