import { useEffect, useState } from 'preact/hooks';

/**
 * WebKit on iPhone and iPad, in a tab: it erases what a site stores after seven days without a visit, so a key is
 * made in the installed app only. `standalone` exists there alone.
 */
export function asksToInstall(): boolean {
  const { standalone } = navigator as { standalone?: boolean };
  return standalone === false && window.top === window.self;
}

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | undefined;
const listeners = new Set<() => void>();

/** Keeps the browser's offer to install the app for the settings, where nothing moves by itself. */
export function watchInstallation(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer(event as InstallPrompt);
  });
  addEventListener('appinstalled', () => offer(undefined));
}

function offer(prompt: InstallPrompt | undefined): void {
  offered = prompt;
  for (const listener of listeners) listener();
}

/** Asks the browser to install the app; `undefined` where it does not offer to. */
export function useInstallation(): (() => void) | undefined {
  const [prompt, setPrompt] = useState(offered);
  useEffect(() => {
    const update = () => setPrompt(offered);
    listeners.add(update);
    return () => void listeners.delete(update);
  }, []);
  return prompt && (() => void prompt.prompt());
}
