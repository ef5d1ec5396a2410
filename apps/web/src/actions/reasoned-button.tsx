import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { ActionIconProps, ButtonProps } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';

interface Reasoned {
  /**
   * Why the action isn't possible now; it is shown on hover and focus and told to screen readers.
   */
  readonly reason: string | undefined;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly tabIndex?: number;
  readonly 'aria-label'?: string;
}

/** A button that, when it can't be used, stays focusable and says why. */
export function ReasonedButton({
  reason,
  onClick,
  children,
  ...props
}: Reasoned & ButtonProps & { children: ReactNode }) {
  const quiet = reason !== undefined && props.variant === 'subtle';
  return (
    <Tooltip label={reason} disabled={reason === undefined}>
      <Button
        {...props}
        {...refused(reason)}
        bg={quiet ? 'transparent' : props.bg}
        onClick={(event) => reason === undefined && onClick(event)}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

/** As {@link ReasonedButton}, with an icon; the label is its name. */
export function ReasonedIcon({
  reason,
  onClick,
  label,
  children,
  ...props
}: Reasoned & ActionIconProps & { label: string; children: ReactNode }) {
  return (
    <Tooltip label={reason ?? label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        {...props}
        {...refused(reason)}
        bg={reason === undefined ? undefined : 'transparent'}
        onClick={(event) => {
          event.stopPropagation();
          if (reason === undefined) onClick(event);
        }}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function refused(reason: string | undefined) {
  return reason === undefined
    ? {}
    : { 'data-disabled': true, 'aria-disabled': true, 'aria-description': reason };
}
