/** `c•••@laposte.net`: enough for its owner to recognise it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** `06 •• •• •• 42`; a country code stays: `+687 •• •• 42`. */
export function maskPhone(phone: string): string {
  const start = /^\+\d{1,3}/.exec(phone)?.[0] ?? phone.slice(0, 2);
  const hidden = Math.max(1, Math.ceil((phone.length - start.length - 2) / 2));
  return [start, ...Array<string>(hidden).fill('••'), phone.slice(-2)].join('\u00a0');
}
