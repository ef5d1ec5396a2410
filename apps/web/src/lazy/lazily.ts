import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** A component that comes to the browser when it is first shown, or asked for beforehand. */
export type LazyComponent<Props> = LazyExoticComponent<ComponentType<Props>> & {
  /** Brings it to the browser; a failure shows when it is shown. */
  readonly preload: () => void;
};

/**
 * A {@link LazyComponent} by its name in its module.
 * @param after what it waits for, when it is shown
 */
export function lazily<Name extends string, Props extends object>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
  after?: Promise<void>,
): LazyComponent<Props> {
  const component = lazy(async () => {
    await after;
    return { default: (await load())[name] };
  });
  return Object.assign(component, { preload: () => void load().catch(() => undefined) });
}
