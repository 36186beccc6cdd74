/** Tells the other tabs of this phone that something changed. */
export interface Tabs {
  announce(): void;
  onChange(listener: () => void): void;
}

export function joinTabs(store: string): Tabs {
  const channel = new BroadcastChannel(`e-cps ${store}`);
  return {
    announce: () => channel.postMessage('changed'),
    onChange: (listener) => channel.addEventListener('message', listener),
  };
}
