import type { Schemas } from '@cloudpam/api-client';
import { Combobox, Kbd, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useUrlParams } from '../url/use-url-params';
import { SEARCH_HINTS, searchKind } from './search-text';
import { addressesOf, groupedResults, resultPath, useSearch } from './use-search';

const DROPDOWN_LIMIT = 8;
const TYPING_PAUSE = 150;

/**
 * Search from every page: `/` goes there, arrows choose, Enter shows; Enter without a choice lists
 * all results.
 */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, TYPING_PAUSE);
  const vrf = useUrlParams().text('vrf');
  const { data, isFetching } = useSearch(asked, undefined, vrf);
  const navigate = useNavigate();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  useHotkeys([['/', () => input.current?.focus()]]);
  const leave = (path: string): void => {
    combobox.closeDropdown();
    input.current?.blur();
    void navigate(path);
  };
  const showAll = (): void => {
    if (text.trim() !== '')
      leave(`/search?q=${encodeURIComponent(text.trim())}${vrf && `&vrf=${vrf}`}`);
  };
  const results = asked.trim() === '' ? [] : (data?.items ?? []);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(path) => {
        if (path === ALL) return showAll();
        setText('');
        leave(path);
      }}
      withinPortal
    >
      <Combobox.Target>
        <TextInput
          ref={input}
          role="searchbox"
          aria-label="Search"
          placeholder={SEARCH_HINTS.empty}
          leftSection={isFetching ? <Loader size={12} aria-hidden /> : <IconSearch size={14} />}
          rightSection={<Kbd size="xs">/</Kbd>}
          flex={1}
          maw={520}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => text !== '' && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') input.current?.blur();
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) showAll();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ''} aria-label="Search results">
        <Combobox.Header py={4}>
          <Text size="xs" c="dimmed">
            {(asked === text && data?.read_as) || SEARCH_HINTS[searchKind(text)]}
          </Text>
        </Combobox.Header>
        <Combobox.Options mah={420} style={{ overflowY: 'auto' }}>
          {groupedResults(results.slice(0, DROPDOWN_LIMIT)).map(([title, group]) => (
            <Combobox.Group key={title} label={title}>
              {group.map((result) => (
                <Combobox.Option key={`${result.type} ${result.id}`} value={resultPath(result)}>
                  <ResultLine result={result} />
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {results.length === 0 && !isFetching && asked === text && (
            <Combobox.Empty>Nothing matches</Combobox.Empty>
          )}
          {(data?.total ?? 0) > 0 && results.length > 0 && (
            <Combobox.Option value={ALL}>
              <Text size="xs">Show all {data?.total} results</Text>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const ALL = 'all';

function ResultLine({ result }: { result: Schemas['SearchResult'] }) {
  const addresses = addressesOf(result);
  return (
    <span style={{ display: 'flex', gap: 12, alignItems: 'baseline', minWidth: 0 }}>
      {addresses && <span className="mono">{addresses}</span>}
      <span className="ellipsis">
        {result.title === addresses ? (result.pool?.name ?? '') : result.title}
      </span>
      <Text span size="xs" c="dimmed" ml="auto" className="ellipsis">
        {[result.vrf_name, result.account_key, result.subtitle].filter(Boolean).join(' · ')}
      </Text>
    </span>
  );
}
