import { createElement } from 'preact';
import { shapes as bookSearch } from '../../assets/icons/book-search.svg';
import { shapes as circleAlert } from '../../assets/icons/circle-alert.svg';
import { shapes as circleCheck } from '../../assets/icons/circle-check.svg';
import { shapes as idCard } from '../../assets/icons/id-card.svg';
import { shapes as info } from '../../assets/icons/info.svg';
import { shapes as mail } from '../../assets/icons/mail.svg';
import { shapes as messageSquare } from '../../assets/icons/message-square.svg';
import { shapes as smartphone } from '../../assets/icons/smartphone.svg';
import { shapes as triangleAlert } from '../../assets/icons/triangle-alert.svg';
import { shapes as arrowLeft } from '../icons/arrow-left.svg';
import { shapes as clipboardPaste } from '../icons/clipboard-paste.svg';
import { shapes as copy } from '../icons/copy.svg';
import { shapes as eye } from '../icons/eye.svg';
import { shapes as eyeOff } from '../icons/eye-off.svg';
import { shapes as lock } from '../icons/lock.svg';
import { shapes as qrCode } from '../icons/qr-code.svg';
import { shapes as settings } from '../icons/settings.svg';
import { shapes as share } from '../icons/share.svg';
import { shapes as shieldAlert } from '../icons/shield-alert.svg';
import { shapes as wifiOff } from '../icons/wifi-off.svg';

const files = {
  'arrow-left': arrowLeft,
  'book-search': bookSearch,
  'circle-alert': circleAlert,
  'circle-check': circleCheck,
  'clipboard-paste': clipboardPaste,
  copy,
  eye,
  'eye-off': eyeOff,
  'id-card': idCard,
  info,
  lock,
  mail,
  'message-square': messageSquare,
  'qr-code': qrCode,
  settings,
  share,
  'shield-alert': shieldAlert,
  smartphone,
  'triangle-alert': triangleAlert,
  'wifi-off': wifiOff,
} as const;
export type IconName = keyof typeof files;

/** A Lucide picture that assistive technology skips: the words beside it say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {files[name].map(([tag, attributes]) => createElement(tag, attributes))}
    </svg>
  );
}
