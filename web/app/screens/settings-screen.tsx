import { Back } from '../components/back.tsx';
import { Button } from '../components/button.tsx';
import { Chain } from '../components/chain.tsx';
import { Languages } from '../components/languages.tsx';
import { Pill } from '../components/pill.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { texts } from '../messages.ts';
import type { App } from '../state/app.ts';
import type { HeldCredential } from '../state/app-state.ts';
import { useInstallation } from '../state/installation.ts';
import type { ScreenContext } from './screen-props.ts';

/** Every e-CPS of this phone, what it hangs on, and what can be done with it. */
export function SettingsScreen({ app, state }: ScreenContext) {
  const { title, none, install } = texts.settingsScreen;
  const installation = useInstallation();
  return (
    <Screen title={title} aside={<Back onPress={() => app.navigate('home')} />}>
      {state.credentials.length === 0 && <Lead>{none}</Lead>}
      {state.credentials.map((held) => (
        <CredentialSettings key={held.view.id} app={app} held={held} />
      ))}
      {installation && (
        <Button kind="secondary" icon="smartphone" onPress={installation}>
          {install}
        </Button>
      )}
      <Languages />
    </Screen>
  );
}

function CredentialSettings({ app, held }: { app: App; held: HeldCredential }) {
  const { changePassword, deactivate } = texts.settingsScreen;
  const { givenName, familyName, nationalId, id, status } = held.view;
  const name = `${givenName} ${familyName}`;
  return (
    <section class="credential" aria-label={name}>
      <p>
        <strong>{name}</strong>
      </p>
      <Pill nationalId={nationalId} />
      <Chain held={held} />
      {status === 'active' && (
        <Button kind="secondary" icon="lock" onPress={() => app.open('changePassword', id)}>
          {changePassword}
        </Button>
      )}
      <Button kind="danger" onPress={() => app.open('deactivate', id)}>
        {deactivate}
      </Button>
    </section>
  );
}
