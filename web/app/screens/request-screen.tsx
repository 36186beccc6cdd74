import { useState } from 'preact/hooks';
import { Back } from '../components/back.tsx';
import { Actions, Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import { parseRpps } from '../typed-number.ts';
import type { ScreenContext } from './screen-props.ts';

/** "Demander l'activation": the number, and the mail leaves. */
export function RequestScreen({ app, state }: ScreenContext) {
  const { title, hint, submit, contactDetails } = texts.request;
  const [typed, setTyped] = useState(state.rpps ?? '');
  const [fault, setFault] = useState<'empty' | 'invalid'>();
  const task = useTask();
  const contactUrl = document.documentElement.dataset.contactDetails;

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const rpps = parseRpps(typed);
    setFault(rpps ? undefined : typed.trim() ? 'invalid' : 'empty');
    if (rpps) task.run(() => app.request(rpps));
    else document.getElementById('rpps')?.focus();
  };

  return (
    <Screen title={title} step={1} aside={<Back onPress={() => app.navigate('home')} />}>
      <form onSubmit={send} noValidate>
        <Field
          id="rpps"
          label={texts.rpps}
          hint={hint}
          value={typed}
          onInput={setTyped}
          error={fault && texts.request[fault]}
          inputMode="numeric"
          figures
          maxLength={24}
        />
        <Problem error={task.error} now={app.now()} />
        <Actions more={contactUrl && <ContactLink href={contactUrl} label={contactDetails} />}>
          <Button disabled={task.busy}>{submit}</Button>
        </Actions>
      </form>
    </Screen>
  );
}

/** Leaves the app, which stays open behind it. */
function ContactLink({ href, label }: { href: string; label: string }) {
  return (
    <a class="quiet" href={href} target="_blank" rel="noopener">
      {label}
    </a>
  );
}
