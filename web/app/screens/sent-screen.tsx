import { useState } from 'preact/hooks';
import { formatDuration } from '#platform/html/dates.ts';
import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { NumberText } from '../components/number-text.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { useTimeLeft } from '../components/time-left.tsx';
import { texts } from '../messages.ts';
import type { ScreenContext } from './screen-props.ts';

/** The mail has left, or would have: what follows is the same for every number. */
export function SentScreen({ app, enrolment }: ScreenContext & { enrolment: EnrolmentView }) {
  const { sent } = texts;
  const [again, setAgain] = useState(false);
  const task = useTask();
  const wait = useTimeLeft(enrolment.mailAgainAt, app.now);
  const { id, nationalId } = enrolment;

  const sendAgain = () =>
    task.run(async () => {
      setAgain(false);
      await app.sendMailAgain(id);
      setAgain(true);
    });

  return (
    <Screen title={sent.title} step={2} picture="mail">
      <Lead>{sent.lead}</Lead>
      <p class="note">
        {sent.forNumber} <NumberText kind={nationalId.kind} value={nationalId.value} />.
      </p>
      <p class="hint" role="status">
        {again ? sent.againDone : wait > 0 ? sent.againIn(formatDuration(wait)) : sent.life}
      </p>
      <Problem error={task.error} now={app.now()} />
      <Actions
        more={
          <>
            <Button kind="quiet" disabled={task.busy || wait > 0} onPress={sendAgain}>
              {sent.again}
            </Button>
            <Button kind="quiet" disabled={task.busy} onPress={() => task.run(() => app.giveUp(id))}>
              {sent.giveUp}
            </Button>
          </>
        }
      >
        <Button icon="clipboard-paste" onPress={() => app.navigate('paste')}>
          {texts.pasteLink}
        </Button>
        <Button kind="secondary" icon="qr-code" onPress={() => app.navigate('scan')}>
          {texts.scanCode}
        </Button>
      </Actions>
    </Screen>
  );
}
