import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ReactNode } from 'react';
import { UNSAFE_NavigationContext as NavigationContext, useLocation } from 'react-router';
import type { To } from 'react-router';

/** Asks whether to leave a page, and leaves when told to. */
type AskToLeave = (leave: () => void) => void;

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
 * Lets a page be asked before the router goes elsewhere. The router that stands on the browser's
 * history has no such question, and the one that has is several times as heavy.
 */
export function LeaveGuard({ children }: { children: ReactNode }) {
  const context = useContext(NavigationContext);
  const [guard] = useState(() => new Asked());
  useBackQuestion(guard);
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

/** Has the page asked also when the browser goes back or forward. */
function useBackQuestion(guard: Asked): void {
  const { pathname, key } = useLocation();
  const shown = useRef({ pathname, place: placeInHistory() });
  useEffect(() => {
    shown.current = { pathname, place: placeInHistory() };
  }, [pathname, key]);
  // As a layout effect inside the router it hears of it before the router does.
  useLayoutEffect(() => {
    const onPop = (event: PopStateEvent): void => {
      const { ask } = guard;
      if (!ask || window.location.pathname === shown.current.pathname) return;
      // The browser has gone already: it comes back, and goes again when it is told to.
      event.stopImmediatePropagation();
      const steps = (placeInHistory() ?? 0) - (shown.current.place ?? 0) || -1;
      window.history.go(-steps);
      ask(() => window.history.go(steps));
    };
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, [guard]);
}

/** The router counts the entries of the history that it makes. */
function placeInHistory(): number | undefined {
  return (window.history.state as { idx?: number } | null)?.idx;
}

/**
 * Has the page asked before it is left, as long as there is something to lose: by a link, by going
 * back, and by the browser itself when the tab is closed or loaded again.
 */
export function useLeaveGuard(hasWork: boolean): {
  /** Leaves as a person wants to; undefined while nobody does. */
  readonly leave: (() => void) | undefined;
  readonly stay: () => void;
} {
  const guard = useContext(Guard);
  const [leave, setLeave] = useState<() => void>();
  useEffect(() => {
    if (!hasWork) return undefined;
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    guard.set((go) =>
      setLeave(() => () => {
        guard.set();
        go();
      }),
    );
    window.addEventListener('beforeunload', onUnload);
    return () => {
      guard.set();
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [hasWork, guard]);
  return { leave, stay: () => setLeave(undefined) };
}
