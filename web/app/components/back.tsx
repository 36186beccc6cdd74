import { texts } from '../messages.ts';
import { Icon } from './icon.tsx';

/** The way back, in the header. */
export function Back({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" class="app-back" onClick={onPress}>
      <Icon name="arrow-left" />
      {texts.back}
    </button>
  );
}
