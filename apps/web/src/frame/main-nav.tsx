import {
  IconArrowsSplit,
  IconBuildingCommunity,
  IconHistory,
  IconKey,
  IconNetwork,
  IconRadar2,
  IconTags,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { OpenFindings } from '../discovery/open-findings';
import { useRefusal } from '../session/use-me';
import classes from './app-frame.module.css';
import { preloadPage } from './pages';

const ICON = 16;

/**
 * The pages. A link goes back to the page as it was left: filters, open pools and selection
 * included.
 */
export function MainNav() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const left = useRef(new Map<string, string>());
  useEffect(() => {
    left.current.set(pathname, search);
  }, [pathname, search]);
  const noTokens = useRefusal('tokens:manage');
  const noUsers = useRefusal('users:manage');
  const item = (path: string, label: string, icon: ReactNode, extra?: ReactNode) => (
    <NavLink
      to={path}
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
      {icon} {label} {extra}
    </NavLink>
  );
  const guarded = (refusal: string | undefined, path: string, label: string, icon: ReactNode) =>
    refusal === undefined ? (
      item(path, label, icon)
    ) : (
      <span
        className={`${classes.link} ${classes.refused}`}
        aria-disabled
        role="link"
        tabIndex={0}
        title={refusal}
      >
        {icon} {label}
      </span>
    );
  return (
    <nav aria-label="Main">
      {item('/pools', 'Pools', <IconNetwork size={ICON} />)}
      {item('/discovery', 'Discovery', <IconRadar2 size={ICON} />, <OpenFindings ml="auto" />)}
      {item('/accounts', 'Accounts', <IconBuildingCommunity size={ICON} />)}
      {item('/vrfs', 'VRFs', <IconArrowsSplit size={ICON} />)}
      {item('/vlans', 'VLANs', <IconTags size={ICON} />)}
      {item('/audit', 'Audit', <IconHistory size={ICON} />)}
      {guarded(noUsers, '/users', 'Users', <IconUsers size={ICON} />)}
      {guarded(noTokens, '/tokens', 'Tokens', <IconKey size={ICON} />)}
    </nav>
  );
}
