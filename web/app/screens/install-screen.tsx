import { Actions, Button } from '../components/button.tsx';
import { CopyLink } from '../components/copy-link.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Text } from '../components/text.tsx';
import { texts } from '../messages.ts';
import { type ActivationLink, linkAddress } from '../state/address.ts';
import type { App } from '../state/app.ts';

/** On an iPhone the key is made in the installed app, whose storage lasts. */
export function InstallScreen({ app, link }: { app: App; link: ActivationLink | undefined }) {
  const { title, lead, steps, withLink } = texts.install;
  const goOn = () => (link ? app.redeem(link) : app.navigate('request'));
  return (
    <Screen title={title} picture="share">
      <Lead>{lead}</Lead>
      <ol class="steps">
        {Object.values(steps).map((step) => (
          <li key={step}>
            <Text>{step}</Text>
          </li>
        ))}
      </ol>
      {link && <p class="note">{withLink}</p>}
      <Actions
        more={
          <Button kind="quiet" onPress={goOn}>
            {texts.skip}
          </Button>
        }
      >
        {link && <CopyLink address={linkAddress(link.token)} />}
      </Actions>
    </Screen>
  );
}
