import type { NumberView } from '../../../src/authenticator/wire.ts';
import { texts } from '../messages.ts';
import { NumberText } from './number-text.tsx';

/** A number with its name, amber for the old one. */
export function Pill({ nationalId: { kind, value } }: { nationalId: NumberView }) {
  return (
    <p class={`pill ${kind === 'adeli' ? 'pill-attention' : 'pill-brand'}`}>
      <span>{texts[kind]}</span> <NumberText kind={kind} value={value} />
    </p>
  );
}
