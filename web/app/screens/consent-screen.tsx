import { useEffect } from 'preact/hooks';
import { formatDuration } from '#platform/html/dates.ts';
import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { useTimeLeft } from '../components/time-left.tsx';
import { texts } from '../messages.ts';
import type { ScreenContext } from './screen-props.ts';

const pollMs = 3000;

/** Another phone of hers must agree first. */
export function ConsentScreen({ app, enrolment }: ScreenContext & { enrolment: EnrolmentView }) {
  const { consent: words } = texts;
  const task = useTask();
  const { id, consent } = enrolment;
  const left = useTimeLeft(consent?.expiresAt, app.now);
  const isPending = consent?.status === 'pending' && left > 0;

  useEffect(() => {
    const timer = setInterval(() => void app.refreshEnrolment().catch(() => undefined), pollMs);
    return () => clearInterval(timer);
  }, [app]);

  return (
    <Screen title={words.title} step={3} picture="smartphone">
      <Lead>{words.lead}</Lead>
      <p class="left" role="status">
        {isPending ? texts.left(formatDuration(left)) : words.unanswered}
      </p>
      <Notice kind="info">{words.without}</Notice>
      <Problem error={task.error} now={app.now()} />
      <Actions
        more={
          <Button kind="quiet" disabled={task.busy} onPress={() => task.run(() => app.giveUp(id))}>
            {texts.cancel}
          </Button>
        }
      >
        {!isPending && (
          <Button disabled={task.busy} onPress={() => task.run(() => app.askConsentAgain(id))}>
            {words.again}
          </Button>
        )}
      </Actions>
    </Screen>
  );
}
