import { useState } from 'preact/hooks';
import { PasswordRefused } from '#ecps-phone';
import { Back } from '../components/back.tsx';
import { Actions, Button } from '../components/button.tsx';
import { SecretField } from '../components/field.tsx';
import { NewPasswordFields, useNewPassword } from '../components/new-password.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import type { HeldCredential } from '../state/app-state.ts';
import { describeWrongPassword } from '../wrong-password.ts';
import type { ScreenContext } from './screen-props.ts';

/** Another password for the same e-CPS. */
export function ChangePasswordScreen({ app, held }: ScreenContext & { held: HeldCredential }) {
  const { change } = texts;
  const { nationalId, givenName, familyName } = held.view;
  const [current, setCurrent] = useState('');
  const [fault, setFault] = useState<string>();
  const chosen = useNewPassword([nationalId.value, givenName, familyName]);
  const task = useTask();

  const refuse = (sentence: string) => {
    setFault(sentence);
    document.getElementById('current-password')?.focus();
  };

  async function apply(): Promise<void> {
    try {
      await app.changePassword(held.stored, { password: current, newPassword: chosen.first });
    } catch (error) {
      if (!(error instanceof PasswordRefused)) throw error;
      setCurrent('');
      refuse(describeWrongPassword(error.password, app.now()));
    }
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFault(undefined);
    if (current === '') refuse(texts.password.fault.empty);
    else if (chosen.check()) task.run(apply);
  };

  return (
    <Screen title={change.title} aside={<Back onPress={() => app.navigate('settings')} />}>
      <Lead>{change.lead}</Lead>
      <form onSubmit={submit} noValidate>
        <input type="text" name="username" autocomplete="username" value={nationalId.value} readOnly hidden />
        <SecretField
          id="current-password"
          label={change.current}
          value={current}
          onInput={setCurrent}
          error={fault}
          autocomplete="current-password"
          reveal={{ show: texts.showPassword, hide: texts.hidePassword }}
        />
        <NewPasswordFields password={chosen} labels={{ first: change.new, second: change.confirm }} />
        <Problem error={task.error} now={app.now()} />
        <p class="hint" role="status">
          {task.busy && texts.password.working}
        </p>
        <Actions>
          <Button disabled={task.busy}>{change.submit}</Button>
        </Actions>
      </form>
    </Screen>
  );
}
