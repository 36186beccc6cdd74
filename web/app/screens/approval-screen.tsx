import { useEffect, useState } from 'preact/hooks';
import { PasswordRefused } from '#ecps-phone';
import { formatDuration, formatTime } from '#platform/html/dates.ts';
import type { ApprovalView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { SecretField } from '../components/field.tsx';
import { NumberChoice } from '../components/number-choice.tsx';
import { Pill } from '../components/pill.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { useTimeLeft } from '../components/time-left.tsx';
import { locale, texts } from '../messages.ts';
import type { App } from '../state/app.ts';
import type { HeldCredential } from '../state/app-state.ts';
import { isUsedUp } from '../state/credential-acts.ts';
import { describeWrongPassword } from '../wrong-password.ts';

export interface ApprovalScreenProps {
  app: App;
  approval: ApprovalView;
  /** The credential of this phone that answers. */
  held: HeldCredential;
  /** Requests that wait behind this one. */
  waiting: number;
}

/** "Est-ce bien vous ?": all that will be signed, and the three answers. */
export function ApprovalScreen({ app, approval, held, waiting }: ApprovalScreenProps) {
  const { approval: words } = texts;
  const [number, setNumber] = useState<number>();
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<{ number?: string; password?: string }>({});
  const task = useTask();
  const left = useTimeLeft(approval.expiresAt, app.now);
  const isActivation = approval.kind === 'activation';

  useEffect(() => {
    if (left === 0) app.expire(approval);
  }, [left === 0]);

  async function approve(): Promise<void> {
    try {
      await app.approve(held.stored, approval, { number: number ?? null, password });
    } catch (error) {
      if (!(error instanceof PasswordRefused)) throw error;
      if (isUsedUp(error)) return app.endUsedUp(held.stored);
      setPassword('');
      setFaults({ password: describeWrongPassword(error.password, app.now()) });
      document.getElementById('password')?.focus();
    }
  }

  const confirm = (event: SubmitEvent) => {
    event.preventDefault();
    const found = {
      ...(approval.numbers && number === undefined ? { number: words.numberMissing } : {}),
      ...(password === '' ? { password: texts.password.fault.empty } : {}),
    };
    setFaults(found);
    if (found.number) document.querySelector<HTMLElement>('.number-choice input')?.focus();
    else if (found.password) document.getElementById('password')?.focus();
    else task.run(approve);
  };
  const refuse = (reason: 'refused' | 'not_me') => () =>
    task.run(() => app.refuse(held.stored, approval, reason));

  return (
    <Screen
      title={isActivation ? words.activation.title : words.title}
      aside={
        <p class="app-aside" role="timer">
          <span class="visually-hidden">{texts.left('')}</span>
          {formatDuration(left)}
        </p>
      }
    >
      {isActivation && <Lead>{words.activation.lead}</Lead>}
      <Asked approval={approval} />
      {approval.nationalId.kind === 'adeli' && <Pill nationalId={approval.nationalId} />}
      {waiting > 0 && <p class="hint">{words.more(waiting)}</p>}
      <form onSubmit={confirm} noValidate>
        {approval.numbers && (
          <NumberChoice
            numbers={approval.numbers}
            chosen={number}
            onChoose={setNumber}
            error={faults.number}
          />
        )}
        <input
          type="text"
          name="username"
          autocomplete="username"
          value={approval.nationalId.value}
          readOnly
          hidden
        />
        <SecretField
          id="password"
          label={words.password}
          value={password}
          onInput={setPassword}
          error={faults.password}
          autocomplete="current-password"
          reveal={{ show: texts.showPassword, hide: texts.hidePassword }}
        />
        <Problem error={task.error} now={app.now()} />
        <p class="hint" role="status">
          {task.busy && words.working}
        </p>
        <Actions
          more={
            <>
              <Button kind="quiet" disabled={task.busy} onPress={refuse('refused')}>
                {words.refuse}
              </Button>
              <Button kind="danger" disabled={task.busy} onPress={refuse('not_me')}>
                {words.notMe}
              </Button>
            </>
          }
        >
          <Button disabled={task.busy}>{words.confirm}</Button>
        </Actions>
      </form>
    </Screen>
  );
}

/** Exactly what is signed, as far as a person can judge it. */
function Asked({ approval }: { approval: ApprovalView }) {
  const { approval: words } = texts;
  const deviceLabel = approval.kind === 'activation' ? words.activation.device : words.device;
  return (
    <dl class="request">
      {approval.service && (
        <div>
          <dt>{words.service}</dt>
          <dd data-testid="service">{approval.service.name}</dd>
        </div>
      )}
      <div>
        <dt>{deviceLabel}</dt>
        <dd>{approval.device}</dd>
      </div>
      {approval.place && (
        <div>
          <dt>{words.place}</dt>
          <dd>{approval.place}</dd>
        </div>
      )}
      <div>
        <dt>{words.at}</dt>
        <dd>
          <time>{formatTime(approval.requestedAt, locale)}</time>
        </dd>
      </div>
    </dl>
  );
}
