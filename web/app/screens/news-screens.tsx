import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { EnrolmentEnd } from '../../../src/authenticator/wire.ts';
import { Actions, Button } from '../components/button.tsx';
import type { IconName } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { NumberText } from '../components/number-text.tsx';
import { Lead, Screen } from '../components/screen.tsx';
import { Text } from '../components/text.tsx';
import { texts } from '../messages.ts';
import type { App } from '../state/app.ts';
import type { Result } from '../state/app-state.ts';

interface NewsProps {
  title: string;
  lead: string;
  picture: IconName;
  tone?: 'done' | 'warning';
  step?: number;
  children?: ComponentChildren;
  /** The way on; **Fermer** where absent. */
  actions: ComponentChildren;
}

function News({ title, lead, picture, tone, step, children, actions }: NewsProps) {
  return (
    <Screen title={title} picture={picture} {...(tone ? { tone } : {})} {...(step ? { step } : {})}>
      <Lead>{lead}</Lead>
      {children}
      <Actions>{actions}</Actions>
    </Screen>
  );
}

const Close = ({ app }: { app: App }) => <Button onPress={() => app.dismiss()}>{texts.close}</Button>;

/** The way from something that ended to a new e-CPS. */
const Again = ({ app }: { app: App }) => (
  <>
    <Button onPress={() => app.startRequest()}>{texts.requestActivation}</Button>
    <Button kind="secondary" onPress={() => app.dismiss()}>
      {texts.close}
    </Button>
  </>
);

/** Back to the service that a repair began at, in the tab that is the portal's. */
const ReturnLink = ({ href }: { href: string }) => (
  <a class="button primary" href={href} target="portail">
    <span>
      <Text>{texts.done.backToPlaces}</Text>
    </span>
  </a>
);

export function ActivatedScreen({
  app,
  result,
}: {
  app: App;
  result: Extract<Result, { kind: 'activated' }>;
}) {
  const { done } = texts;
  const { nationalId, returnUrl } = result;
  return (
    <News
      title={done.title}
      lead={done.lead}
      picture="circle-check"
      tone="done"
      step={4}
      actions={
        <>
          {returnUrl && <ReturnLink href={returnUrl} />}
          <Button kind={returnUrl ? 'secondary' : 'primary'} onPress={() => app.dismiss()}>
            {done.close}
          </Button>
        </>
      }
    >
      <p>
        {done.under(texts.inSentence[nationalId.kind])}{' '}
        <strong>
          <NumberText kind={nationalId.kind} value={nationalId.value} />
        </strong>
      </p>
    </News>
  );
}

export function ApprovedScreen({ app, result }: { app: App; result: Extract<Result, { kind: 'approved' }> }) {
  const { approval: words } = texts;
  const { title, lead } =
    result.approval.kind === 'activation' ? texts.result.activationApproved : texts.result.approved;
  return (
    <News title={title} lead={lead} picture="circle-check" tone="done" actions={<Close app={app} />}>
      {result.failuresBefore > 0 && (
        <Notice kind="attention">{words.lastTries(result.failuresBefore)}</Notice>
      )}
    </News>
  );
}

export function AnsweredScreen({
  app,
  kind,
}: {
  app: App;
  kind: 'wrong_number' | 'refused' | 'not_me' | 'over';
}) {
  const { title, lead } = texts.result[kind];
  const picture = kind === 'not_me' ? 'shield-alert' : 'info';
  return <News title={title} lead={lead} picture={picture} tone="warning" actions={<Close app={app} />} />;
}

export function GoneScreen({ app, result }: { app: App; result: Extract<Result, { kind: 'gone' }> }) {
  const { gone } = texts;
  const { id, nationalId, destroyed } = result;
  const [leaving, setLeaving] = useState(false);
  const leave = async (then: () => void) => {
    setLeaving(true);
    await app.acknowledgeGone(id);
    then();
  };
  return (
    <News
      title={gone.title}
      lead={destroyed ? gone.destroyed : gone.lead}
      picture="circle-alert"
      tone="warning"
      actions={
        <>
          <Button disabled={leaving} onPress={() => void leave(app.startRequest)}>
            {texts.requestActivation}
          </Button>
          <Button kind="secondary" disabled={leaving} onPress={() => void leave(app.dismiss)}>
            {gone.close}
          </Button>
        </>
      }
    >
      <p class="note">
        {gone.number} {texts.inSentence[nationalId.kind]}{' '}
        <NumberText kind={nationalId.kind} value={nationalId.value} />.
      </p>
    </News>
  );
}

export function EndedScreen({ app, end }: { app: App; end: EnrolmentEnd }) {
  const { title, lead } = texts.ended[end];
  return <News title={title} lead={lead} picture="info" tone="warning" actions={<Again app={app} />} />;
}

export function DeadLinkScreen({ app, reason }: { app: App; reason: 'used' | 'expired' | 'unknown' }) {
  const { title, lead } = texts.deadLink[reason];
  return (
    <News title={title} lead={lead} picture="circle-alert" tone="warning" actions={<Again app={app} />} />
  );
}

export function DeactivatedScreen({ app }: { app: App }) {
  const { done, doneLead } = texts.deactivate;
  return (
    <News title={done} lead={doneLead} picture="circle-check" tone="done" actions={<Again app={app} />} />
  );
}

export function PasswordChangedScreen({ app }: { app: App }) {
  const { done, doneLead } = texts.change;
  return (
    <News title={done} lead={doneLead} picture="circle-check" tone="done" actions={<Close app={app} />} />
  );
}
