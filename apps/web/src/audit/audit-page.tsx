import { entityTypeWords } from '@cloudpam/api-client';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { ExportButton } from '../export/export-button';
import { localText, momentOf } from '../format/local-time';
import { Page } from '../frame/page';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlParams } from '../url/use-url-params';
import { AuditTable } from './audit-table';

const TEXTS = [
  ['entity_id', 'Id', 90],
  ['actor', 'Actor', 160],
  ['action', 'Action', 160],
] as const;
const TIMES = [
  ['since', 'Since'],
  ['until', 'Until'],
] as const;
const NO_FILTERS = {
  entity_type: null,
  entity_id: null,
  actor: null,
  action: null,
  since: null,
  until: null,
  page: null,
};

/** Who changed what and when, with filters in the URL. */
export function AuditPage() {
  const params = useUrlParams();
  const query = {
    entity_type: params.text('entity_type'),
    entity_id: params.text('entity_id'),
    actor: params.text('actor'),
    action: params.text('action'),
    since: momentOf(params.text('since')),
    until: momentOf(params.text('until')),
  };
  const filtered = Object.values(query).some(Boolean);
  return (
    <Page
      title="Audit"
      about="Every change, by whom, with what was before and after"
      actions={<ExportButton shown={{ dataset: 'audit', query }} />}
    >
      <Group gap={6} mb="sm" align="end" role="search" aria-label="Filter audit entries">
        <Select
          label="What"
          placeholder="Anything"
          w={130}
          data={entityTypeWords}
          value={query.entity_type || null}
          onChange={(value) => params.set({ entity_type: value, page: null })}
          clearable
        />
        {TEXTS.map(([name, label, width]) => (
          <UrlTextInput key={name} param={name} resets={{ page: null }} label={label} w={width} />
        ))}
        {TIMES.map(([name, label]) => (
          <TextInput
            key={name}
            type="datetime-local"
            label={label}
            value={localText(params.text(name))}
            onChange={(event) =>
              params.set({ [name]: momentOf(event.currentTarget.value), page: null })
            }
          />
        ))}
        {filtered && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconX size={13} />}
            onClick={() => params.set(NO_FILTERS)}
          >
            Clear filters
          </Button>
        )}
      </Group>
      <AuditTable query={query} />
    </Page>
  );
}
