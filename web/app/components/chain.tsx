import type { ComponentChildren } from 'preact';
import { texts } from '../messages.ts';
import type { HeldCredential } from '../state/app-state.ts';
import { Icon, type IconName } from './icon.tsx';
import { NumberText } from './number-text.tsx';
import { Text } from './text.tsx';

interface NodeProps {
  icon: IconName;
  title: string;
  state: 'sound' | 'broken' | 'neutral';
  /** How it hangs on the one before. */
  link?: 'sound' | 'cut';
  children: ComponentChildren;
}

/** What one signs in with, what the directory knows, one's authenticator: the same three as on every page. */
export function Chain({ held: { view } }: { held: HeldCredential }) {
  const { chain } = texts.settingsScreen;
  const { kind, value } = view.nationalId;
  const isOld = kind === 'adeli';
  const isUsable = view.status === 'active';
  const first = isOld ? 'cut' : 'sound';
  const second = isOld || !isUsable ? 'cut' : 'sound';
  return (
    <ol class="chain">
      <ChainNode icon="smartphone" title={chain.signedIn} state={isOld ? 'broken' : 'sound'}>
        <Text>{chain.signedInDetail}</Text>
      </ChainNode>
      <ChainNode icon="book-search" title={chain.directory} state="sound" link={first}>
        {isOld ? (
          <Text>{chain.adeliDirectory}</Text>
        ) : (
          <>
            RPPS <NumberText kind={kind} value={value} />
          </>
        )}
      </ChainNode>
      <ChainNode
        icon="id-card"
        title={chain.ecps}
        state={second === 'sound' ? 'sound' : 'broken'}
        link={second}
      >
        <Text>{isOld ? chain.adeliEcps : isUsable ? chain.active : chain.unusable}</Text>
      </ChainNode>
    </ol>
  );
}

function ChainNode({ icon, title, state, link, children }: NodeProps) {
  const { chain } = texts.settingsScreen;
  return (
    <li class={`chain-${state}${link ? ` link-${link}` : ''}`}>
      <span class="chain-dot">
        <Icon name={icon} />
      </span>
      <span class="chain-text">
        {link && <span class="visually-hidden">({chain[link]}) </span>}
        <strong class="chain-title">
          <Text>{title}</Text>
        </strong>{' '}
        <span class="chain-detail">{children}</span>
      </span>
    </li>
  );
}
