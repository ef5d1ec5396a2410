import { Select } from '@mantine/core';
import { useAccounts } from '../records/use-records';
import { useUrlParams } from '../url/use-url-params';

/** Narrows to one account, in the URL as `account`. */
export function AccountFilter() {
  const accounts = useAccounts();
  return (
    <UrlSelect
      param="account"
      label="Account"
      width={190}
      data={accounts.map(({ id, name, key }) => ({ value: String(id), label: `${name} (${key})` }))}
    />
  );
}

interface UrlSelectProps {
  readonly param: string;
  readonly label: string;
  readonly width: number;
  readonly data: readonly { readonly value: string; readonly label: string }[];
}

/** A filter with choices that lives in the URL. */
export function UrlSelect({ param, label, width, data }: UrlSelectProps) {
  const params = useUrlParams();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      w={width}
      data={data}
      value={params.text(param) || null}
      onChange={(value) => params.set({ [param]: value, page: null, pick: null })}
      clearable
      searchable={data.length > 6}
    />
  );
}
