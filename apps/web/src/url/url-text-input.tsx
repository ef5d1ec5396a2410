import { TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { ParamsPatch } from './url-params';
import { useUrlParams } from './use-url-params';

const TYPING_PAUSE = 250;

interface UrlTextInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** Query parameter that holds the text. */
  readonly param: string;
  /** Parameters that a new text makes void, such as the page. */
  readonly resets?: ParamsPatch;
}

/**
 * A text filter that lives in the URL: typing gets there after a pause, and a change of the URL
 * gets here at once.
 */
export function UrlTextInput({ param, resets, ...props }: UrlTextInputProps) {
  const params = useUrlParams();
  const inUrl = params.text(param);
  const [state, setState] = useState({ text: inUrl, known: inUrl });
  if (state.known !== inUrl) setState({ text: inUrl, known: inUrl });
  const toUrl = useDebouncedCallback((text: string) => {
    setState((previous) => ({ ...previous, known: text }));
    params.set({ ...resets, [param]: text });
  }, TYPING_PAUSE);
  return (
    <TextInput
      {...props}
      value={state.text}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setState((previous) => ({ ...previous, text }));
        toUrl(text.trim());
      }}
    />
  );
}
