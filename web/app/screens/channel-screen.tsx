import { formatDuration } from '#platform/html/dates.ts';
import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { useTimeLeft } from '../components/time-left.tsx';
import { texts } from '../messages.ts';
import type { ScreenContext } from './screen-props.ts';

/** The mail is confirmed; the second proof goes another way. */
export function ChannelScreen({ app, enrolment }: ScreenContext & { enrolment: EnrolmentView }) {
  const { channel } = texts;
  const task = useTask();
  const wait = useTimeLeft(enrolment.smsAgainAt, app.now);
  const { id, maskedPhone } = enrolment;
  return (
    <Screen title={channel.title} step={3} picture="message-square">
      <Lead>{maskedPhone ? channel.lead(maskedPhone) : channel.leadUnknown}</Lead>
      {wait > 0 && <p class="hint">{channel.smsIn(formatDuration(wait))}</p>}
      <Problem error={task.error} now={app.now()} />
      <Actions>
        <Button disabled={task.busy || wait > 0} onPress={() => task.run(() => app.sendCode(id))}>
          {channel.submit}
        </Button>
      </Actions>
    </Screen>
  );
}
