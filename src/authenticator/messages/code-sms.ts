import { toGsmText } from '#platform/sms/gsm-alphabet.ts';
import type { Sms } from '#platform/sms/sms-sender.ts';
import type { CodeMessage } from '../messages-port.ts';
import { messages } from './messages.ts';

/** The last line binds the code to the app's origin: phones fill it in there only (wicg.github.io/sms-one-time-codes). */
export function composeCodeSms({ phone, locale, code, host, expiresAt }: CodeMessage, now: number): Sms {
  const minutes = Math.max(1, Math.round((expiresAt - now) / 60_000));
  return { to: phone, text: toGsmText(`${messages(locale).code(code, minutes)}\n\n@${host} #${code}`) };
}
