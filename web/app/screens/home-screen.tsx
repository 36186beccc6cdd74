import { formatDate, formatTime } from '#platform/html/dates.ts';
import type { CredentialView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Pill } from '../components/pill.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { SettingsLink } from '../components/settings-link.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { locale, texts } from '../messages.ts';
import type { App } from '../state/app.ts';
import type { ScreenContext } from './screen-props.ts';

/** The e-CPS of this phone, at rest: a request appears by itself. */
export function HomeScreen({ app, state }: ScreenContext) {
  const { home } = texts;
  const isReady = state.credentials.some(({ view }) => view.status === 'active');
  return (
    <Screen title={isReady ? home.title : home.titleBlocked} aside={<SettingsLink app={app} />}>
      {isReady && <Lead>{home.lead}</Lead>}
      {state.credentials.map(({ view }) => (
        <CredentialCard key={view.id} app={app} view={view} />
      ))}
      <Actions
        more={
          <>
            <Button kind="quiet" onPress={() => app.navigate('scan')}>
              {texts.scanCode}
            </Button>
            <Button kind="quiet" onPress={() => app.navigate('paste')}>
              {texts.pasteLink}
            </Button>
          </>
        }
      >
        <Button kind={isReady ? 'secondary' : 'primary'} onPress={() => app.startRequest()}>
          {texts.requestActivation}
        </Button>
      </Actions>
    </Screen>
  );
}

function CredentialCard({ app, view }: { app: App; view: CredentialView }) {
  const { givenName, familyName, nationalId, status, expiresAt } = view;
  const { home } = texts;
  return (
    <section class="credential" aria-label={`${givenName} ${familyName}`}>
      <p>
        <strong>
          {givenName} {familyName}
        </strong>
      </p>
      <Pill nationalId={nationalId} />
      {status === 'active' ? (
        <p class="hint">{home.validUntil(formatDate(expiresAt, locale))}</p>
      ) : (
        <Notice kind="attention">{describeStatus(view)}</Notice>
      )}
      {view.others.map((other) => (
        <OtherPhone key={other.id} app={app} other={other} />
      ))}
    </section>
  );
}

function describeStatus({ status, expiresAt, password }: CredentialView): string {
  const { home } = texts;
  if (status === 'expired') return home.expired(formatDate(expiresAt, locale));
  if (status === 'frozen') return home.frozen;
  return home.locked(formatTime(password.lockedUntil ?? expiresAt, locale));
}

/** An activation elsewhere is shown on every phone of hers, and can be undone from each. */
function OtherPhone({ app, other }: { app: App; other: CredentialView['others'][number] }) {
  const { home } = texts;
  const task = useTask();
  return (
    <div class="other-phone">
      <p>
        <strong>{home.others}</strong>
        <br />
        <span class="hint">{home.otherSince(other.device, formatDate(other.activatedAt, locale))}</span>
      </p>
      <Problem error={task.error} now={app.now()} />
      <Button kind="danger" disabled={task.busy} onPress={() => task.run(() => app.removeOther(other.id))}>
        {home.removeOther}
      </Button>
    </div>
  );
}
