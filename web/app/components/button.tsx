import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { Text } from './text.tsx';

export interface ButtonProps {
  children: string;
  /** `primary` (one a screen), `destructive` in its place; `secondary`, `quiet` (like a link), `danger` (both). */
  kind?: 'primary' | 'destructive' | 'secondary' | 'quiet' | 'danger';
  icon?: IconName;
  /** Without it the button submits the form around it. */
  onPress?: () => void;
  /** Keeps the focus, which a button that is disabled while it works would lose. */
  disabled?: boolean;
}

export function Button({ children, kind = 'primary', icon, onPress, disabled }: ButtonProps) {
  const doNothing = (event: Event) => event.preventDefault();
  return (
    <button
      type={onPress ? 'button' : 'submit'}
      class={kind === 'quiet' || kind === 'danger' ? kind : `button ${kind}`}
      aria-disabled={disabled || undefined}
      onClick={disabled ? doNothing : onPress}
    >
      {icon && <Icon name={icon} />}
      <span>
        <Text>{children}</Text>
      </span>
    </button>
  );
}

/** The answers of a screen, at its lower edge where the thumb is. */
export function Actions({ children, more }: { children: ComponentChildren; more?: ComponentChildren }) {
  return (
    <div class="screen-actions">
      {children}
      {more && <div class="screen-more">{more}</div>}
    </div>
  );
}
