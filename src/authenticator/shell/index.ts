// Serves the built e-CPS app of `web/app` on the app listener: document, files, manifest, service worker, and the
// headers they need. Knows nothing of what the app says to the API.
export { createAppShell, type ShellOptions } from './shell.ts';
