import { useState } from 'preact/hooks';
import { texts } from '../messages.ts';
import { Button, type ButtonProps } from './button.tsx';

/** Copies an address; where the browser forbids it, shows it to be copied by hand. */
export function CopyLink({ address, kind = 'primary' }: { address: string; kind?: ButtonProps['kind'] }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = () => {
    navigator.clipboard.writeText(address).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <>
      <Button kind={kind} icon="copy" onPress={copy}>
        {texts.copyLink}
      </Button>
      <p class="hint" role="status">
        {state === 'copied' && texts.copied}
        {state === 'refused' && <code class="address">{address}</code>}
      </p>
    </>
  );
}
