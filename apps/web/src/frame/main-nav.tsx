import { useEffect, useRef } from 'react';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { refusal } from '../session/permissions';
import { useMe } from '../session/use-me';
import classes from './app-frame.module.css';
import { PAGES, preloadPage } from './pages';

const ICON = 16;

/**
 * The pages. A link goes back to the page as it was left: filters, open pools and selection
 * included.
 */
export function MainNav() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const me = useMe();
  const left = useRef(new Map<string, string>());
  useEffect(() => {
    left.current.set(pathname, search);
  }, [pathname, search]);
  return (
    <nav aria-label="Main">
      {Object.entries(PAGES).map(([path, { nav }]) => {
        if (!nav) return null;
        const { label, icon: Icon, extra, permission } = nav;
        const why = permission && refusal(me, permission);
        return why === undefined ? (
          <NavLink
            key={path}
            to={path}
            end={path === '/'}
            className={classes.link}
            onPointerEnter={() => preloadPage(path)}
            onFocus={() => preloadPage(path)}
            onClick={(event) => {
              const was = left.current.get(path);
              if (!was || pathname === path || event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              void navigate({ pathname: path, search: was });
            }}
          >
            <Icon size={ICON} /> {label} {extra}
          </NavLink>
        ) : (
          <span
            key={path}
            className={`${classes.link} ${classes.refused}`}
            aria-disabled
            role="link"
            tabIndex={0}
            title={why}
          >
            <Icon size={ICON} /> {label}
          </span>
        );
      })}
    </nav>
  );
}
