import { createTheme } from '@mantine/core';
import type {
  BadgeProps,
  ButtonProps,
  CheckboxProps,
  LoaderProps,
  ModalProps,
  NumberInputProps,
  PasswordInputProps,
  SelectProps,
  SwitchProps,
  TableProps,
  TabsProps,
  TagsInputProps,
  TextareaProps,
  TextInputProps,
  TooltipProps,
} from '@mantine/core';
import { DARKER } from './readable-colors';

const xs = { size: 'xs' } as const;

/** Dense and calm: small controls, 13 px text, one accent colour. */
export const theme = createTheme({
  primaryColor: 'indigo',
  colors: DARKER,
  // White on it, and it on white, can be read by everybody (WCAG 2 AA).
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '18px' } },
  },
  // By name: `Button.extend` would bring every component along with the first page.
  components: {
    Badge: {
      ...defaults<BadgeProps>({ variant: 'light', size: 'sm' }),
      // The words of a state stay whole where a table is narrow.
      styles: { root: { textTransform: 'none', fontWeight: 500, minWidth: 'max-content' } },
    },
    Button: defaults<ButtonProps>(xs),
    Checkbox: defaults<CheckboxProps>(xs),
    Loader: defaults<LoaderProps & { role: string }>({ role: 'progressbar' }),
    Modal: {
      ...defaults<ModalProps>({
        size: 'lg',
        centered: false,
        yOffset: '8vh',
        overlayProps: { backgroundOpacity: 0.4 },
      }),
      styles: { title: { fontWeight: 600 } },
    },
    NumberInput: defaults<NumberInputProps>(xs),
    PasswordInput: defaults<PasswordInputProps>(xs),
    Select: defaults<SelectProps>({ ...xs, comboboxProps: { withinPortal: true } }),
    Switch: defaults<SwitchProps>(xs),
    Table: defaults<TableProps>({ verticalSpacing: 5, horizontalSpacing: 'sm', fz: 'sm' }),
    Tabs: defaults<TabsProps>({ keepMounted: false }),
    TagsInput: defaults<TagsInputProps>(xs),
    Textarea: defaults<TextareaProps>(xs),
    TextInput: defaults<TextInputProps>(xs),
    Tooltip: defaults<TooltipProps>({
      withArrow: true,
      openDelay: 200,
      multiline: true,
      maw: 320,
      fz: 'xs',
    }),
  },
});

function defaults<Props>(defaultProps: Partial<Props>) {
  return { defaultProps };
}
