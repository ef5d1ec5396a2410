import {
  Badge,
  Button,
  Checkbox,
  createTheme,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Table,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

const xs = { size: 'xs' } as const;

/** Dense and calm: small controls, 13 px text, one accent colour. */
export const theme = createTheme({
  primaryColor: 'indigo',
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '18px' } },
  },
  components: {
    Badge: Badge.extend({
      defaultProps: { variant: 'light', size: 'sm' },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    }),
    Button: Button.extend({ defaultProps: xs }),
    Checkbox: Checkbox.extend({ defaultProps: xs }),
    Modal: Modal.extend({
      defaultProps: {
        size: 'lg',
        centered: false,
        yOffset: '8vh',
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontWeight: 600 } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: xs }),
    PasswordInput: PasswordInput.extend({ defaultProps: xs }),
    Select: Select.extend({ defaultProps: { ...xs, comboboxProps: { withinPortal: true } } }),
    Switch: Switch.extend({ defaultProps: xs }),
    Table: Table.extend({
      defaultProps: { verticalSpacing: 5, horizontalSpacing: 'sm', fz: 'sm' },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TagsInput: TagsInput.extend({ defaultProps: xs }),
    Textarea: Textarea.extend({ defaultProps: xs }),
    TextInput: TextInput.extend({ defaultProps: xs }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 200, multiline: true, maw: 320, fz: 'xs' },
    }),
  },
});
