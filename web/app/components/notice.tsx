import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { Text } from './text.tsx';

export interface NoticeProps {
  kind: 'attention' | 'ok' | 'danger' | 'info';
  title?: string;
  children?: string;
  action?: ComponentChildren;
  /** Announced as it appears: what follows an act of the person. */
  alert?: boolean;
}

const icons = {
  attention: 'triangle-alert',
  ok: 'circle-check',
  danger: 'circle-alert',
  info: 'info',
} as const satisfies Record<NoticeProps['kind'], IconName>;

/** A coloured edge, an icon, a sentence, an action. */
export function Notice({ kind, title, children, action, alert }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={alert ? 'alert' : undefined}>
      <Icon name={icons[kind]} />
      <div>
        {title && (
          <p>
            <strong>
              <Text>{title}</Text>
            </strong>
          </p>
        )}
        {children && (
          <p>
            <Text>{children}</Text>
          </p>
        )}
        {action}
      </div>
    </div>
  );
}
