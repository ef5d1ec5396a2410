import { Select } from '@mantine/core';
import type { ParamsPatch } from './url-params';
import { useUrlParams } from './use-url-params';

interface UrlSelectProps {
  /** Query parameter that holds the choice. */
  readonly param: string;
  readonly label: string;
  readonly width: number;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  /** The choice as it is understood; as it stands in the URL, when nothing is said. */
  readonly value?: string;
  /** Parameters that another choice makes void, such as the page. */
  readonly resets?: ParamsPatch;
}

/** A filter with choices that lives in the URL. */
export function UrlSelect({ param, label, width, data, value, resets }: UrlSelectProps) {
  const params = useUrlParams();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      w={width}
      data={data}
      value={(value ?? params.text(param)) || null}
      onChange={(choice) => params.set({ ...resets, [param]: choice })}
      clearable
      searchable={data.length > 6}
    />
  );
}
