import type { EnrolmentView } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import { NewPasswordFields, useNewPassword } from '../components/new-password.tsx';
import { Pill } from '../components/pill.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import type { ScreenContext } from './screen-props.ts';

/** The last step: the password, twice. */
export function PasswordScreen({ app, enrolment }: ScreenContext & { enrolment: EnrolmentView }) {
  const { password: words } = texts;
  const { holder, nationalId, channel } = enrolment;
  const password = useNewPassword([nationalId.value, holder?.givenName ?? '', holder?.familyName ?? '']);
  const task = useTask();
  const byCard = channel === 'card' && holder;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (password.check()) task.run(() => app.activate(enrolment, password.first));
  };

  return (
    <Screen
      title={byCard ? words.titleByCard(`${holder.givenName} ${holder.familyName}`) : words.title}
      {...(byCard ? {} : { step: 4 })}
    >
      {byCard && <Pill nationalId={nationalId} />}
      <Lead>{byCard ? words.leadByCard : words.lead}</Lead>
      <form onSubmit={submit} noValidate>
        <input type="text" name="username" autocomplete="username" value={nationalId.value} readOnly hidden />
        <NewPasswordFields password={password} labels={{ first: words.label, second: words.confirm }} />
        <Problem error={task.error} now={app.now()} />
        <p class="hint" role="status">
          {task.busy && words.working}
        </p>
        <Actions>
          <Button disabled={task.busy}>{words.submit}</Button>
        </Actions>
      </form>
    </Screen>
  );
}
