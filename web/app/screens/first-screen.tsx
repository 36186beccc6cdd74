import { Actions, Button } from '../components/button.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { texts } from '../messages.ts';
import type { ScreenContext } from './screen-props.ts';

/** Nothing is on this phone yet. */
export function FirstScreen({ app }: ScreenContext) {
  const { title, lead } = texts.first;
  return (
    <Screen title={title} picture="smartphone">
      <Lead>{lead}</Lead>
      <Actions
        more={
          <Button kind="quiet" onPress={() => app.navigate('paste')}>
            {texts.pasteLink}
          </Button>
        }
      >
        <Button onPress={() => app.startRequest()}>{texts.requestActivation}</Button>
        <Button kind="secondary" icon="qr-code" onPress={() => app.navigate('scan')}>
          {texts.scanCode}
        </Button>
      </Actions>
    </Screen>
  );
}
