import { existsSync } from 'node:fs';
import { join } from 'node:path';

const onLinux = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
];
const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** Path of a Chromium, Chrome or Edge on Linux, macOS or Windows, or undefined when none is found. */
export function findBrowser(): string | undefined {
  const named = [process.env['PLAYWRIGHT_CHROMIUM'], process.env['CHROME_PATH']].filter((path) => path !== undefined);
  const windowsRoots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
  const onWindows = windowsRoots.flatMap((root) =>
    root === undefined
      ? []
      : [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Microsoft/Edge/Application/msedge.exe')],
  );
  const usual = process.platform === 'win32' ? onWindows : process.platform === 'darwin' ? onMac : onLinux;
  return [...named, ...usual].find((path) => existsSync(path));
}

/** The same, or an error of one line that says what to install. */
export function requireBrowser(): string {
  const path = findBrowser();
  if (path !== undefined) return path;
  throw new Error(
    'No Chromium, Chrome or Edge found: install one (Debian: apt-get install chromium fonts-liberation) or set CHROME_PATH.',
  );
}

/** Flags every test run starts the browser with: quiet on closed networks, able to run as root in a container. */
export function browserFlags(): string[] {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return process.getuid?.() === 0 ? [...quiet, '--no-sandbox', '--disable-dev-shm-usage'] : quiet;
}
