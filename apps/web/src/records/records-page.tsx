import type { Schemas } from '@cloudpam/api-client';
import { Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconFilter, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { ReasonedButton, ReasonedIcon } from '../actions/reasoned-button';
import type { TextQuery } from '../api/query';
import type { RecordsApi } from '../api/records';
import { useWrite } from '../api/use-write';
import { EmptyState } from '../feedback/empty-state';
import { ExportButton } from '../export/export-button';
import { ReadAs } from '../feedback/read-as';
import { Page } from '../frame/page';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlIds } from '../url/use-url-ids';
import { useUrlParams } from '../url/use-url-params';
import { RecordDialog } from './record-dialog';
import type { PreviewProps, RecordField } from './record-dialog';

/** What a page of records needs to know about them. */
export interface RecordsPageProps<T, New, Patch> {
  readonly api: RecordsApi<T, New, Patch>;
  /** What it takes to change them. */
  readonly permission: Schemas['Permission'];
  readonly title: string;
  /** One of them, with its first letter small unless it's an abbreviation: `account`, `VRF`. */
  readonly one: string;
  /** Several of them, where an s does not do it. */
  readonly many?: string;
  /** What a new one is asked for with, where it is not just made. */
  readonly making?: { readonly button: string; readonly action: string };
  /** Puts it elsewhere than on a page of its own. */
  readonly frame?: (actions: ReactNode, table: ReactNode) => ReactNode;
  readonly about: string;
  readonly columns: readonly Column<T>[];
  readonly fields: readonly RecordField[];
  readonly nameOf: (record: T) => string;
  /** Why a record can't be deleted at all. */
  readonly keep?: (record: T) => string | undefined;
  /** More inputs in the URL that narrow the list, and the parameters that they mean. */
  readonly filter?: {
    readonly input: ReactNode;
    readonly query: TextQuery<'listVlans'>;
  };
  /** Its list takes no text. */
  readonly hasNoText?: boolean;
  /** What can be done with several at once, which are picked in the table. */
  readonly bulk?: ComponentType<{ readonly picked: readonly T[]; readonly onClear: () => void }>;
  /** What more can be done with a record. */
  readonly rowActions?: (record: T) => ReactNode;
  /** Shows what a new or changed record would be. */
  readonly preview?: ComponentType<PreviewProps<T>>;
  /** What a delete does beyond the record. */
  readonly deleteNote: string;
  readonly icon: ReactNode;
  readonly emptyText: string;
}

type Asking<T> =
  { readonly type: 'create' } | { readonly type: 'edit' | 'delete'; readonly record: T };

const NEW = { type: 'create' } as const;

/**
 * A table of records that can be created, changed and deleted. A link with `new.` and the name of a field in its query
 * opens the dialog for a new one with that filled in.
 */
export function RecordsPage<T extends { readonly id: number }, New, Patch>(
  props: RecordsPageProps<T, New, Patch>,
) {
  const { api, permission, title, one, about, columns, fields, nameOf, keep, icon, emptyText } =
    props;
  const { many = `${one}s`, making, frame, filter, hasNoText = false, preview, bulk: Bulk } = props;
  const pick = useUrlIds('pick');
  const params = useUrlParams();
  const page = usePage();
  const refusal = useRefusal(permission);
  const filled = (name: string): string => params.text(`new.${name}`);
  const isFilled = fields.some(({ name }) => filled(name) !== '');
  const [chosen, setAsking] = useState<Asking<T> | undefined>();
  const asking = chosen ?? (isFilled && refusal === undefined ? NEW : undefined);
  const close = (): void => {
    setAsking(undefined);
    if (isFilled) params.set(Object.fromEntries(fields.map(({ name }) => [`new.${name}`, null])));
  };
  const narrowed = { ...filter?.query, q: hasNoText ? '' : params.text('q') };
  const query = { page, page_size: PAGE_SIZE, ...narrowed };
  const { data, error } = useQuery({
    queryKey: [api.name, api.of, query],
    queryFn: ({ signal }) => api.list(query, signal),
    placeholderData: keepPreviousData,
  });
  const picked = (data?.items ?? []).filter(({ id }) => pick.ids.has(id));
  const rowActions: Column<T> = {
    title: 'Actions',
    width: props.rowActions ? 95 : 70,
    align: 'right',
    cell: (record) => (
      <Group gap={2} justify="flex-end" wrap="nowrap">
        {props.rowActions?.(record)}
        <ReasonedIcon
          label={`Edit ${nameOf(record)}`}
          reason={refusal}
          onClick={() => setAsking({ type: 'edit', record })}
        >
          <IconPencil size={14} />
        </ReasonedIcon>
        <ReasonedIcon
          label={`Delete ${nameOf(record)}`}
          reason={refusal ?? keep?.(record)}
          onClick={() => setAsking({ type: 'delete', record })}
        >
          <IconTrash size={14} />
        </ReasonedIcon>
      </Group>
    ),
  };
  const newButton = (
    <ReasonedButton
      reason={refusal}
      leftSection={<IconPlus size={14} />}
      onClick={() => setAsking(NEW)}
    >
      {making?.button ?? `New ${one}`}
    </ReasonedButton>
  );
  const actions = (
    <>
      {!frame && <ExportButton shown={{ dataset: api.name, query: narrowed }} />}
      {newButton}
    </>
  );
  const table = (
    <>
      <Group gap="xs" mb="xs">
        {!hasNoText && (
          <UrlTextInput
            param="q"
            resets={{ page: null }}
            aria-label="Filter by text"
            placeholder="Filter…"
            leftSection={<IconFilter size={14} />}
            w={220}
          />
        )}
        {filter?.input}
      </Group>
      <ReadAs text={data?.read_as} />
      {Bulk && picked.length > 0 && <Bulk picked={picked} onClear={pick.clear} />}
      <DataTable
        label={title}
        columns={[...columns, rowActions]}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        selection={Bulk && { picked: pick, idOf: ({ id }) => id, nameOf }}
        empty={
          <EmptyState icon={icon} title={emptyTitle(many, narrowed)}>
            {emptyText}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one={one} many={many} />
      {(asking?.type === 'create' || asking?.type === 'edit') && (
        <RecordDialog
          api={api}
          one={one}
          fields={fields}
          record={asking.type === 'edit' ? asking.record : undefined}
          title={
            asking.type === 'edit'
              ? `Edit ${one} ${nameOf(asking.record)}`
              : (making?.button ?? `New ${one}`)
          }
          filled={filled}
          action={making?.action}
          preview={preview}
          onClose={close}
        />
      )}
      {asking?.type === 'delete' && (
        <DeleteRecord {...props} record={asking.record} onClose={close} />
      )}
    </>
  );
  if (frame) return frame(actions, table);
  return (
    <Page title={title} about={about} actions={actions}>
      {table}
    </Page>
  );
}

function emptyTitle(many: string, { q, ...others }: { readonly q: string }): string {
  if (q !== '') return `Nothing matches “${q}”`;
  return Object.values(others).some((value) => value !== '') ? `No ${many} here` : `No ${many} yet`;
}

function DeleteRecord<T, New, Patch>({
  api,
  one,
  nameOf,
  deleteNote,
  record,
  onClose,
}: RecordsPageProps<T, New, Patch> & { record: T; onClose: () => void }) {
  const remove = useWrite(
    () => api.remove(record),
    () => {
      notifyDone(`Deleted ${one} ${nameOf(record)}`);
      onClose();
    },
  );
  return (
    <ConfirmDialog
      title={`Delete ${one} ${nameOf(record)}`}
      action={`Delete ${one}`}
      onConfirm={() => remove.mutate(undefined)}
      onClose={onClose}
      busy={remove.isPending}
      error={remove.error}
    >
      <Text size="sm">
        The {one} <b>{nameOf(record)}</b> will be deleted. {deleteNote}
      </Text>
    </ConfirmDialog>
  );
}
