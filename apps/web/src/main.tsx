import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { followAttention } from './api/attention';
import { followOtherTabs } from './api/renew-session';
import { App } from './app';

followOtherTabs();
followAttention();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
