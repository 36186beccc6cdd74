import type { Context } from 'hono';
import { z } from 'zod';
import { type Field, field } from '#platform/html/components.ts';
import type { Html } from '#platform/html/html.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { type ContactPageMessages, messages } from './messages.ts';
import type { ContactFaults, FieldName, KnownContacts, TypedContacts } from './ports.ts';

/** A field that is absent, too long or no text is as if it were left empty. */
const text = z.string().max(320).catch('');
const typedSchema = z.object({ email: text, phone: text, rpps: text });
const codesSchema = z.object({ emailCode: text, phoneCode: text });

/** Names of the inputs, as they are submitted. */
export const inputNames = { email: 'adresse', phone: 'mobile', rpps: 'rpps' } as const;
export const codeNames = { emailCode: 'code-mail', phoneCode: 'code-sms' } as const;

export async function parseTyped(c: Context<AppEnv>): Promise<TypedContacts & { rpps: string }> {
  const body = await c.req.parseBody();
  return typedSchema.parse({
    email: body[inputNames.email],
    phone: body[inputNames.phone],
    rpps: body[inputNames.rpps],
  });
}

export async function parseCodes(c: Context<AppEnv>): Promise<{ emailCode: string; phoneCode: string }> {
  const body = await c.req.parseBody();
  return codesSchema.parse({
    emailCode: body[codeNames.emailCode],
    phoneCode: body[codeNames.phoneCode],
  });
}

export interface ContactFields {
  typed: TypedContacts;
  faults: ContactFaults;
  /** What an empty field keeps. */
  known?: KnownContacts;
  /** Whether the first field takes the focus. */
  autofocus?: boolean;
}

/** **Adresse e-mail** and **Téléphone mobile**. */
export function contactFields(c: Context<AppEnv>, fields: ContactFields): Html[] {
  const texts = messages(c.var.locale);
  const { typed, faults, known, autofocus = false } = fields;
  const { form } = texts;
  const email: Field = {
    name: inputNames.email,
    label: form.email,
    hint: known?.maskedEmail ? form.emailKept(known.maskedEmail) : form.emailHint,
    error: faultText(texts, 'email', faults),
    type: 'email',
    inputMode: 'email',
    autocomplete: 'email',
    value: typed.email,
    autofocus: faults.email !== undefined || (autofocus && !faults.phone),
  };
  const phone: Field = {
    name: inputNames.phone,
    label: form.phone,
    hint: known?.maskedPhone ? form.phoneKept(known.maskedPhone) : form.phoneHint,
    error: faultText(texts, 'phone', faults),
    type: 'tel',
    inputMode: 'tel',
    autocomplete: 'tel',
    value: typed.phone,
    autofocus: faults.phone !== undefined && !faults.email,
  };
  return [field(email), field(phone)];
}

/** What to do about a field; `undefined` where it is well. */
export function faultText(
  { faults: texts }: ContactPageMessages,
  name: FieldName,
  faults: ContactFaults,
): string | undefined {
  const fault = faults[name];
  return fault && (texts[name] as Partial<Record<typeof fault, string>>)[fault];
}
