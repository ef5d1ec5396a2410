import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { followAttention } from './api/attention';
import { followOtherTabs } from './api/renew-session';
import { App } from './app';
import { preloadPage } from './frame/pages';

// The built page has the styles of each component beside it: see mantine-styles.mts.
if (import.meta.env.DEV) void import('@mantine/core/styles.layer.css');
preloadPage(window.location.pathname);
followOtherTabs();
followAttention();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
