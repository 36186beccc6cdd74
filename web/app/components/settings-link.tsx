import { texts } from '../messages.ts';
import { routes } from '../state/address.ts';
import type { App } from '../state/app.ts';
import { Icon } from './icon.tsx';

export function SettingsLink({ app }: { app: App }) {
  return (
    <a
      class="app-settings"
      href={routes.settings}
      aria-label={texts.settings}
      onClick={(event) => {
        event.preventDefault();
        app.navigate('settings');
      }}
    >
      <Icon name="settings" />
    </a>
  );
}
