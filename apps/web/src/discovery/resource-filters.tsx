import { useAccounts } from '../records/use-records';
import { UrlSelect } from '../url/url-select';

/** Narrows to one account, in the URL as `account`. */
export function AccountFilter() {
  const accounts = useAccounts();
  return (
    <ResourceFilter
      param="account"
      label="Account"
      width={190}
      data={accounts.map(({ id, name, key }) => ({ value: String(id), label: `${name} (${key})` }))}
    />
  );
}

/** A filter with choices of a paged list, in which something may be picked. */
export function ResourceFilter(props: Omit<Parameters<typeof UrlSelect>[0], 'value' | 'resets'>) {
  return <UrlSelect {...props} resets={{ page: null, pick: null }} />;
}
