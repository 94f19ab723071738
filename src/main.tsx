import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { openRecord } from './app/opened-record.ts';
import { paths } from './app/paths.ts';
import { createLaunch } from './launch/launch.ts';
import { thisTab } from './launch/tab.ts';
import { trustOwnScripts } from './ui/trusted-types.ts';
import './styles.css';

trustOwnScripts();
// The launch takes its step outside React: a component mounted twice must not spend a code twice.
const launch = createLaunch(thisTab());
const record = openRecord(launch);
if (paths.includes(window.location.pathname)) void launch.start();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <App record={record} />
  </StrictMode>,
);
