import { errorSummary, notice } from '#platform/html/components.ts';
import { formatDuration } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import { setRetryAfter } from '#platform/http/retry-after.ts';
import { faultText, inputNames } from './forms.ts';
import { messages } from './messages.ts';
import type { ContactFaults, Refusal } from './ports.ts';
import type { Visit } from './visit.ts';

/** The header of whoever is signed in. */
export function signedInAs({ visitor, relyingParty }: Visit): { signedIn?: SignedIn } {
  if (!visitor) return {};
  const { kind, value, idNatPs, name } = visitor;
  return {
    signedIn: { nationalId: { kind, value }, idNatPs, name, signOutAction: relyingParty.signOutAction },
  };
}

type ShownRefusal = Exclude<Refusal, { outcome: 'no_record' }>;

export function faultsIn(refusal: ShownRefusal | undefined): ContactFaults {
  return refusal?.outcome === 'faults' ? refusal.faults : {};
}

/** Several faults are summed up on top; one is said at its field alone. */
export function refusalNotice(visit: Visit, refusal: ShownRefusal | undefined): Html | undefined {
  if (!refusal) return undefined;
  if (refusal.outcome === 'too_many') return tooManyNotice(visit, refusal.retryAt);
  const texts = messages(visit.c.var.locale);
  const { faults } = refusal;
  const errors = (['rpps', 'email', 'phone'] as const).flatMap((name) => {
    const message = faultText(texts, name, faults);
    return message ? [{ field: inputNames[name], message }] : [];
  });
  return errors.length > 1 ? errorSummary(texts.faults.summary(errors.length), errors) : undefined;
}

/** Says it to programs too. */
export function tooManyNotice({ c, clock }: Visit, retryAt: number): Html {
  setRetryAfter(c, retryAt, clock.now());
  const minuteMs = 60_000;
  const left = Math.ceil((retryAt - clock.now()) / minuteMs) * minuteMs;
  const body = messages(c.var.locale).faults.tooMany(formatDuration(left));
  return notice({ kind: 'attention', body, role: 'alert' });
}

/** A form that is one button. */
export function buttonForm(action: string, control: Html): Html {
  return html`<form method="post" action="${action}">${control}</form>`;
}
