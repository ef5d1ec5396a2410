import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { UNSAFE_NavigationContext as NavigationContext } from 'react-router';
import type { To } from 'react-router';

/** Asks whether to leave a page, and leaves when told to. */
export type AskToLeave = (leave: () => void) => void;

/** Who is asked at the moment. */
class Asked {
  #ask: AskToLeave | undefined;

  get ask(): AskToLeave | undefined {
    return this.#ask;
  }

  /** Has nobody asked any more where none is given. */
  set(ask?: AskToLeave): void {
    this.#ask = ask;
  }
}

const Guard = createContext(new Asked());

/**
 * Lets a page be asked before the router goes elsewhere. The router that comes with the browser's
 * history has no such question, and the one that has is five times as heavy.
 */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const context = useContext(NavigationContext);
  const [guard] = useState(() => new Asked());
  const guarded = useMemo(() => {
    const { navigator } = context;
    const asked =
      (go: typeof navigator.push): typeof navigator.push =>
      (to, state, options) => {
        const leave = (): void => go.call(navigator, to, state, options);
        if (guard.ask && pathOf(to) !== window.location.pathname) guard.ask(leave);
        else leave();
      };
    return {
      ...context,
      navigator: {
        ...navigator,
        createHref: navigator.createHref.bind(navigator),
        push: asked(navigator.push),
        replace: asked(navigator.replace),
      },
    };
  }, [context, guard]);
  return (
    <NavigationContext value={guarded}>
      <Guard value={guard}>{children}</Guard>
    </NavigationContext>
  );
}

function pathOf(to: To): string | undefined {
  return typeof to === 'string' ? new URL(to, window.location.href).pathname : to.pathname;
}

/**
 * Has the page asked before it is left, as long as there is something to lose: by a link, by going
 * back, and by the browser itself when the tab is closed or loaded again.
 * @returns what to do when a person wants to leave; undefined while nobody does
 */
export function useLeaveGuard(hasWork: boolean): {
  readonly leave: (() => void) | undefined;
  readonly stay: () => void;
} {
  const guard = useContext(Guard);
  const [leave, setLeave] = useState<() => void>();
  const place = useRef<number>(undefined);
  useEffect(() => {
    place.current = placeInHistory();
  });
  useEffect(() => {
    if (!hasWork) return undefined;
    const path = window.location.pathname;
    const ask: AskToLeave = (go) =>
      setLeave(() => () => {
        guard.set();
        go();
      });
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const onPop = (event: PopStateEvent): void => {
      if (guard.ask === undefined || window.location.pathname === path) return;
      // The browser has gone already: it comes back, and goes again when it is told to.
      event.stopImmediatePropagation();
      const steps = (placeInHistory() ?? 0) - (place.current ?? 0) || -1;
      window.history.go(-steps);
      ask(() => window.history.go(steps));
    };
    guard.set(ask);
    window.addEventListener('beforeunload', onUnload);
    window.addEventListener('popstate', onPop, { capture: true });
    return () => {
      guard.set();
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('popstate', onPop, { capture: true });
    };
  }, [hasWork, guard]);
  return { leave, stay: () => setLeave(undefined) };
}

/** The router counts the entries of the history that it makes. */
function placeInHistory(): number | undefined {
  return (window.history.state as { idx?: number } | null)?.idx;
}
