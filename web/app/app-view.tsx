import { Notice } from './components/notice.tsx';
import { texts } from './messages.ts';
import { ApprovalScreen } from './screens/approval-screen.tsx';
import { ChangePasswordScreen } from './screens/change-password-screen.tsx';
import { ChannelScreen } from './screens/channel-screen.tsx';
import { CodeScreen } from './screens/code-screen.tsx';
import { ConsentScreen } from './screens/consent-screen.tsx';
import { DeactivateScreen } from './screens/deactivate-screen.tsx';
import { ElsewhereScreen } from './screens/elsewhere-screen.tsx';
import { FirstScreen } from './screens/first-screen.tsx';
import { HomeScreen } from './screens/home-screen.tsx';
import { InstallScreen } from './screens/install-screen.tsx';
import {
  ActivatedScreen,
  AnsweredScreen,
  ApprovedScreen,
  DeactivatedScreen,
  DeadLinkScreen,
  EndedScreen,
  GoneScreen,
  PasswordChangedScreen,
} from './screens/news-screens.tsx';
import { PasswordScreen } from './screens/password-screen.tsx';
import { PasteScreen } from './screens/paste-screen.tsx';
import { RequestScreen } from './screens/request-screen.tsx';
import { ScanScreen } from './screens/scan-screen.tsx';
import type { ScreenContext } from './screens/screen-props.ts';
import { SentScreen } from './screens/sent-screen.tsx';
import { SettingsScreen } from './screens/settings-screen.tsx';
import { LoadingScreen, OfflineScreen, RedeemScreen } from './screens/waiting-screens.tsx';
import type { App } from './state/app.ts';
import type { AppState, Result } from './state/app-state.ts';
import { useStore } from './state/store.ts';

export function AppView({ app }: { app: App }) {
  const state = useStore(app.state);
  const isSandbox = 'sandbox' in document.documentElement.dataset && window.top === window.self;
  return (
    <>
      {isSandbox && (
        <aside class="app-banner" aria-label={texts.sandbox.name}>
          {texts.sandbox.notice}
        </aside>
      )}
      <div role="status">
        {state.offline && state.known && <Notice kind="attention">{texts.offline.notice}</Notice>}
      </div>
      <CurrentScreen app={app} state={state} />
    </>
  );
}

/** The one screen to show: what cannot wait, then what just happened, then where the person is. */
function CurrentScreen(context: ScreenContext) {
  const { app, state } = context;
  const asked = findAsked(state);
  if (asked) return <ApprovalScreen key={asked.approval.id} app={app} {...asked} />;
  if (state.result) return <ResultScreen app={app} result={state.result} />;
  if (state.link) return <RedeemScreen app={app} link={state.link} />;
  if (!state.known) return state.offline ? <OfflineScreen app={app} /> : <LoadingScreen />;
  return <RouteScreen {...context} />;
}

/** The oldest request that a credential of this phone may answer. */
function findAsked({ approvals, credentials }: AppState) {
  for (const approval of approvals) {
    const held = credentials.find(({ view }) => approval.credentialIds.includes(view.id));
    if (held) return { approval, held, waiting: approvals.length - 1 };
  }
  return undefined;
}

function RouteScreen(context: ScreenContext) {
  const { state } = context;
  const held = state.credentials.find(({ view }) => view.id === state.chosen) ?? state.credentials[0];
  if (state.route === 'paste') return <PasteScreen {...context} />;
  if (state.route === 'scan') return <ScanScreen {...context} />;
  if (state.route === 'settings') return <SettingsScreen {...context} />;
  if (state.route === 'changePassword' && held) return <ChangePasswordScreen {...context} held={held} />;
  if (state.route === 'deactivate' && held) return <DeactivateScreen {...context} held={held} />;
  if (state.enrolment) return <EnrolmentScreen {...context} />;
  if (state.route === 'request') return <RequestScreen {...context} />;
  return state.credentials.length > 0 ? <HomeScreen {...context} /> : <FirstScreen {...context} />;
}

function EnrolmentScreen(context: ScreenContext) {
  const { enrolment, codeSent } = context.state;
  if (!enrolment) return null;
  const { id, stage } = enrolment;
  if (stage === 'requested') return <SentScreen key={id} {...context} enrolment={enrolment} />;
  if (stage === 'awaiting_consent') return <ConsentScreen key={id} {...context} enrolment={enrolment} />;
  if (stage === 'verified') return <PasswordScreen key={id} {...context} enrolment={enrolment} />;
  if (enrolment.code || codeSent) return <CodeScreen key={id} {...context} enrolment={enrolment} />;
  return <ChannelScreen key={id} {...context} enrolment={enrolment} />;
}

function ResultScreen({ app, result }: { app: App; result: Result }) {
  switch (result.kind) {
    case 'activated':
      return <ActivatedScreen app={app} result={result} />;
    case 'approved':
      return <ApprovedScreen app={app} result={result} />;
    case 'password_changed':
      return <PasswordChangedScreen app={app} />;
    case 'deactivated':
      return <DeactivatedScreen app={app} />;
    case 'gone':
      return <GoneScreen app={app} result={result} />;
    case 'ended':
      return <EndedScreen app={app} end={result.end} />;
    case 'dead_link':
      return <DeadLinkScreen app={app} reason={result.reason} />;
    case 'elsewhere':
      return <ElsewhereScreen app={app} token={result.token} />;
    case 'install':
      return <InstallScreen app={app} link={result.link} />;
    default:
      return <AnsweredScreen app={app} kind={result.kind} />;
  }
}
