import { Button, Popover, ScrollArea, Text } from '@mantine/core';

const SHOWN = 3;
/** What stands right of it has to be seen. */
const WIDTH = 180;

/** The first groups of a person, and on demand all of them: some are in hundreds. */
export function GroupsCell({ groups, name }: { groups: readonly string[]; name: string }) {
  const first = groups.slice(0, SHOWN).join(', ');
  const text = (
    <Text size="sm" truncate maw={WIDTH} title={first}>
      {first}
    </Text>
  );
  if (groups.length <= SHOWN) return text;
  return (
    <>
      {text}
      <Popover position="bottom-start" withArrow shadow="md" width={320}>
        <Popover.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`All ${groups.length} groups of ${name}`}
          >
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
