import type { Schemas } from '@cloudpam/api-client';
import { Badge, Group } from '@mantine/core';

/** Tags as `key:value`; those that don't fit are counted and listed on hover. */
export function TagList({ tags, shown = 2 }: { tags: Schemas['Pool']['tags']; shown?: number }) {
  const texts = Object.entries(tags).map(([key, value]) =>
    value === '' ? key : `${key}:${value}`,
  );
  const rest = texts.slice(shown);
  return (
    <Group gap={4} wrap="nowrap" style={{ overflow: 'hidden' }}>
      {texts.slice(0, shown).map((text) => (
        <Badge
          key={text}
          color="gray"
          radius="sm"
          title={text}
          style={{ flexShrink: 1, minWidth: 24 }}
        >
          {text}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Badge
          color="gray"
          radius="sm"
          variant="outline"
          title={rest.join(', ')}
          style={{ flexShrink: 0 }}
        >
          +{rest.length}
        </Badge>
      )}
    </Group>
  );
}
