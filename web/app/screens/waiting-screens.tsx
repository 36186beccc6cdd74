import { useEffect } from 'preact/hooks';
import { Actions, Button } from '../components/button.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import type { ActivationLink } from '../state/address.ts';
import type { App } from '../state/app.ts';

export function LoadingScreen() {
  return <Screen title={texts.loading} />;
}

/** What the app can say without its server. */
export function OfflineScreen({ app }: { app: App }) {
  const { title, lead } = texts.offline;
  return (
    <Screen title={title} picture="wifi-off" tone="warning">
      <Lead>{lead}</Lead>
      <Actions>
        <Button onPress={() => app.retry()}>{texts.retry}</Button>
      </Actions>
    </Screen>
  );
}

/** A link is being redeemed; without network it waits for another try. */
export function RedeemScreen({ app, link }: { app: App; link: ActivationLink }) {
  const task = useTask();
  const redeem = () => task.run(() => app.redeemLink(link));
  useEffect(redeem, [link.token]);
  return (
    <Screen title={texts.loading}>
      <Problem error={task.error} now={app.now()} />
      {task.error !== undefined && (
        <Actions
          more={
            <Button kind="quiet" onPress={() => app.dismissLink()}>
              {texts.cancel}
            </Button>
          }
        >
          <Button disabled={task.busy} onPress={redeem}>
            {texts.retry}
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
