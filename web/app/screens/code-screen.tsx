import { useEffect, useState } from 'preact/hooks';
import { CallRefused } from '#ecps-phone';
import { formatDuration } from '#platform/html/dates.ts';
import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { useTimeLeft } from '../components/time-left.tsx';
import { texts } from '../messages.ts';
import { parseTypedNumber } from '../typed-number.ts';
import { listenForCode } from '../web-otp.ts';
import type { ScreenContext } from './screen-props.ts';

/** The six digits of the SMS. */
export function CodeScreen({ app, enrolment }: ScreenContext & { enrolment: EnrolmentView }) {
  const { code: words } = texts;
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const [sentAgain, setSentAgain] = useState(false);
  const checking = useTask();
  const sending = useTask();
  const { id, maskedPhone } = enrolment;
  const life = useTimeLeft(enrolment.code?.expiresAt, app.now);
  const wait = useTimeLeft(enrolment.smsAgainAt, app.now);
  const isDead = life === 0;

  useEffect(() => listenForCode(setCode), [enrolment.code?.expiresAt]);

  async function tryCode(digits: string): Promise<void> {
    try {
      await app.tryCode(id, digits);
    } catch (error) {
      if (!(error instanceof CallRefused) || !['code.wrong', 'code.dead'].includes(error.code)) throw error;
      setFault(error.code === 'code.wrong' ? words.wrong(error.triesLeft ?? 0) : words.dead);
      setCode('');
      await app.refreshEnrolment();
      document.getElementById('code')?.focus();
    }
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const digits = parseTypedNumber(code);
    setSentAgain(false);
    setFault(/^\d{6}$/.test(digits) ? undefined : words.empty);
    if (/^\d{6}$/.test(digits)) checking.run(() => tryCode(digits));
    else document.getElementById('code')?.focus();
  };
  const sendAgain = () =>
    sending.run(async () => {
      await app.sendCode(id);
      setFault(undefined);
      setSentAgain(true);
    });

  return (
    <Screen title={words.title} step={3}>
      <Lead>{maskedPhone ? words.lead(maskedPhone) : words.leadUnknown}</Lead>
      <form onSubmit={submit} noValidate>
        <Field
          id="code"
          label={words.label}
          value={code}
          onInput={setCode}
          error={fault ?? (isDead ? words.dead : undefined)}
          autocomplete="one-time-code"
          inputMode="numeric"
          figures
          maxLength={12}
        />
        {enrolment.code && !isDead && (
          <p class="hint">{words.state(formatDuration(life), enrolment.code.triesLeft)}</p>
        )}
        <p class="hint" role="status">
          {sentAgain && words.againDone}
        </p>
        <Problem error={checking.error ?? sending.error} now={app.now()} />
        <Actions
          more={
            <>
              <Button kind="quiet" disabled={sending.busy || wait > 0} onPress={sendAgain}>
                {words.again}
              </Button>
              {wait > 0 && <span class="hint">{words.againIn(formatDuration(wait))}</span>}
            </>
          }
        >
          <Button disabled={checking.busy || isDead}>{words.submit}</Button>
        </Actions>
      </form>
    </Screen>
  );
}
