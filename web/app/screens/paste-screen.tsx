import { useState } from 'preact/hooks';
import { Back } from '../components/back.tsx';
import { Actions, Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Problem, useTask } from '../components/task.tsx';
import { texts } from '../messages.ts';
import { findLink } from '../state/address.ts';
import type { ScreenContext } from './screen-props.ts';

/** The link of the mail or of the repair page, brought by the clipboard. */
export function PasteScreen({ app }: ScreenContext) {
  const { title, lead, label, submit, invalid } = texts.paste;
  const [text, setText] = useState('');
  const [isInvalid, setInvalid] = useState(false);
  const task = useTask();

  const goOn = (event: SubmitEvent) => {
    event.preventDefault();
    const link = findLink(text, location.origin);
    setInvalid(!link);
    if (link) task.run(() => app.openLink(link));
    else document.getElementById('link')?.focus();
  };

  return (
    <Screen title={title} aside={<Back onPress={() => app.navigate('home')} />}>
      <Lead>{lead}</Lead>
      <form onSubmit={goOn} noValidate>
        <Field
          id="link"
          label={label}
          value={text}
          onInput={setText}
          error={isInvalid ? invalid : undefined}
          inputMode="url"
        />
        <Problem error={task.error} now={app.now()} />
        <Actions>
          <Button disabled={task.busy}>{submit}</Button>
        </Actions>
      </form>
    </Screen>
  );
}
