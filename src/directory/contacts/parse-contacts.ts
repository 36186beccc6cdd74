import { z } from 'zod';
import { hasValidCheckDigit, rpps } from '#national-id';
import type { Contacts } from './contact-store.ts';

/** As a person typed them; an empty field keeps what the directory knows. */
export interface TypedContacts {
  email: string;
  phone: string;
}

export type ContactFault =
  | 'missing'
  | 'bad_email'
  /** A mailbox of MSSanté, which takes mail of other secure mailboxes only. */
  | 'secure_mailbox'
  | 'bad_phone'
  /** A number in France that begins with neither 06 nor 07. */
  | 'not_mobile'
  | 'bad_rpps';

/** By the field at fault; never with what was typed. */
export type ContactFaults = Partial<Record<'email' | 'phone' | 'rpps', ContactFault>>;

/** An address and a mobile that messages can be sent to. */
export interface Reach {
  email: string;
  phone: string;
}

const fault = (code: ContactFault) => ({ fault: code });

type Parsed<Value> = Value | { fault: ContactFault };

/** RFC 5321 section 4.5.3.1.3. */
const emailSchema = z.email().max(254);

/** Every operator of MSSanté has its domains under this one, or under its own; these are the ones that can be told. */
const secureDomain = /(^|\.)mssante\.fr$/;

export function parseEmail(typed: string): Parsed<string> {
  const { success, data } = emailSchema.safeParse(typed.trim());
  if (!success) return fault('bad_email');
  const at = data.lastIndexOf('@') + 1;
  const domain = data.slice(at).toLowerCase();
  return secureDomain.test(domain) ? fault('secure_mailbox') : data.slice(0, at) + domain;
}

/** Metropolitan mobiles: 06 and 07 (Arcep, plan national de numérotation). */
const mobile = /^(?:(?:\+|00)33(?:\(?0\)?)?|0)([67]\d{8})$/;
/** Overseas departments, reached from France as 06 or 07 too: Guadeloupe, Guyane, Martinique, Réunion and Mayotte. */
const overseasDepartment = /^(?:\+|00)(?:590|594|596|262)(?:\(?0\)?)?([67]\d{8})$/;
/** Saint-Pierre-et-Miquelon, Wallis-et-Futuna, Nouvelle-Calédonie, Polynésie française. */
const overseasCollectivity = /^(?:\+|00)((?:508|681|687)\d{6}|6898[79]\d{6})$/;
const fixedLine = /^(?:(?:\+|00)33(?:\(?0\)?)?|0)[1-589]\d{8}$/;

/** French mobiles in every way they are written; answered as `0612345678`, or with `+` where France is abroad. */
export function parseMobile(typed: string): Parsed<string> {
  const number = typed.replace(/[\s.\-/]/g, '');
  const national = (mobile.exec(number) ?? overseasDepartment.exec(number))?.[1];
  if (national) return `0${national}`;
  const collectivity = overseasCollectivity.exec(number)?.[1];
  if (collectivity) return `+${collectivity}`;
  return fault(fixedLine.test(number) ? 'not_mobile' : 'bad_phone');
}

/** 11 digits, or 12 with the prefix 8. */
export function parseRpps(typed: string): Parsed<string> {
  const number = typed.replace(/[\s.-]/g, '').replace(/^8(?=\d{11}$)/, '');
  const valid = /^\d{11}$/.test(number) && hasValidCheckDigit(rpps(number));
  return valid ? number : fault('bad_rpps');
}

/** Both, or what is wrong with each. `known` fills in what was left empty, if anything was typed. */
export function parseContacts(
  typed: TypedContacts,
  known: Contacts | undefined,
): { reach: Reach } | { faults: ContactFaults } {
  const untouched = typed.email.trim() === '' && typed.phone.trim() === '';
  const kept = untouched ? undefined : known;
  const email = parseField(typed.email, kept?.email, parseEmail);
  const phone = parseField(typed.phone, kept?.phone, parseMobile);
  if (typeof email === 'string' && typeof phone === 'string') return { reach: { email, phone } };
  return { faults: faultsOf({ email, phone }) };
}

function parseField(
  typed: string,
  known: string | null | undefined,
  parse: (text: string) => Parsed<string>,
): Parsed<string> {
  if (typed.trim() === '') return known ?? fault('missing');
  return parse(typed);
}

/** Of fields that were parsed, those at fault. */
export function faultsOf(fields: Partial<Record<keyof ContactFaults, Parsed<string>>>): ContactFaults {
  const faults = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [[name, value.fault]],
  );
  return Object.fromEntries(faults);
}
