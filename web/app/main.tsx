import { render } from 'preact';
import { AppView } from './app-view.tsx';
import { Lead, Screen } from './components/screen.tsx';
import { texts } from './messages.ts';
import { readAddress } from './state/address.ts';
import { createApp } from './state/app.ts';
import { watchInstallation } from './state/installation.ts';
import { openChosenStorage } from './storage/opening.ts';
import { joinTabs } from './storage/tabs.ts';

const root = document.getElementById('app');

async function start(): Promise<void> {
  const storage = await openChosenStorage(readAddress(location.href).opening);
  removeOpening();
  const tabs = joinTabs(storage.name);
  const app = createApp({ storage, tabs });
  tabs.onChange(() => app.retry());
  addEventListener('popstate', () => void followAddress(app.readLocation));
  addEventListener('online', () => app.retry());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && app.retry());
  await app.start();
  draw(<AppView app={app} />);
}

/** Another store is another phone: it begins anew. */
async function followAddress(read: () => Promise<void>): Promise<void> {
  if (readAddress(location.href).opening.size > 0) location.reload();
  else await read();
}

/** What a sandbox put behind the address has been read; a link before it stays. */
function removeOpening(): void {
  const { opening, link, rpps } = readAddress(location.href);
  if (opening.size === 0) return;
  const own = link?.token ?? (rpps ? `rpps=${rpps}` : '');
  history.replaceState(null, '', own ? `${location.pathname}#${own}` : '/');
}

function draw(view: preact.ComponentChild): void {
  if (!root) return;
  root.replaceChildren();
  render(view, root);
}

function showStorageProblem(): void {
  const { storage, storageHelp } = texts.problem;
  draw(
    <Screen title={storage} picture="circle-alert" tone="warning">
      <Lead>{storageHelp}</Lead>
    </Screen>,
  );
}

watchInstallation();
void navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined);
start().catch((error) => {
  showStorageProblem();
  throw error;
});
