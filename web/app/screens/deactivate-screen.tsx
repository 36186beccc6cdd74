import { Back } from '../components/back.tsx';
import { Actions, Button } from '../components/button.tsx';
import { Pill } from '../components/pill.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import type { HeldCredential } from '../state/app-state.ts';
import type { ScreenContext } from './screen-props.ts';

/** No password is asked: a forgotten one is the usual reason. */
export function DeactivateScreen({ app, held }: ScreenContext & { held: HeldCredential }) {
  const { title, lead, submit } = texts.deactivate;
  const task = useTask();
  return (
    <Screen
      title={title}
      picture="triangle-alert"
      tone="warning"
      aside={<Back onPress={() => app.navigate('settings')} />}
    >
      <Lead>{lead}</Lead>
      <Pill nationalId={held.view.nationalId} />
      <Problem error={task.error} now={app.now()} />
      <Actions>
        <Button
          kind="destructive"
          disabled={task.busy}
          onPress={() => task.run(() => app.deactivate(held.stored))}
        >
          {submit}
        </Button>
        <Button kind="secondary" disabled={task.busy} onPress={() => app.navigate('settings')}>
          {texts.cancel}
        </Button>
      </Actions>
    </Screen>
  );
}
