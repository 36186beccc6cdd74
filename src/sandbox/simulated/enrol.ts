import { setTimeout as wait } from 'node:timers/promises';
import type { HandedCredential } from '#authenticator';
import { readActivationToken } from '#ecps-phone';
import { rpps } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { MailOutbox } from '#platform/mail/mail-outbox.ts';
import type { SmsOutbox } from '#platform/sms/sms-outbox.ts';
import { errors } from '../errors.ts';
import { findCode, findLinks } from '../outbox-texts.ts';
import type { Persona } from '../personas.ts';
import type { AppPhones } from '../phone/app-phone.ts';
import { phonePassword } from '../phone/persona-credential.ts';
import type { SeedDirectory } from '../ports.ts';
import { createDevice } from './device.ts';

export interface EnrolDependencies {
  /** Base URL of the app. */
  app: URL;
  appPhones: Pick<AppPhones, 'open'>;
  directory: Pick<SeedDirectory, 'findContactDetails' | 'findPractitioner'>;
  mails: MailOutbox;
  sms: SmsOutbox;
  clock: Clock;
}

/** Where the messages of the guide go. */
interface Enrollable {
  rpps: string;
  email: string;
  phone: string;
}

/**
 * The guide's activation by mail and SMS, with the messages of the outbox.
 * Throws `ecps.not_enrollable` where the directory cannot let it, `ecps.unanswered` where a message stays away.
 */
export async function enrol(dependencies: EnrolDependencies, persona: Persona): Promise<HandedCredential> {
  const { app, appPhones, mails, sms, clock } = dependencies;
  const reachable = await getEnrollable(dependencies, persona);
  const device = await createDevice();
  const phone = await appPhones.open(device);

  const begun = clock.now();
  const { id } = await phone.requestEnrolment(reachable.rpps, 'fr');
  await phone.redeem(
    await waitFor(async () => {
      const received = await mails.latest({ to: reachable.email });
      const links = received.filter(({ sentAt }) => sentAt >= begun).flatMap(({ html }) => findLinks(html));
      return links.map(({ href }) => readActivationToken(href, app)).find((token) => token !== undefined);
    }),
  );

  const codeAsked = clock.now();
  await phone.sendCode(id);
  const code = await waitFor(async () => {
    const received = await sms.latest({ to: reachable.phone });
    const texts = received.filter(({ sentAt }) => sentAt >= codeAsked).map(({ text }) => findCode(text));
    return texts.find((found) => found !== null) ?? undefined;
  });
  const verified = await phone.tryCode(id, code);
  return { device, credential: (await phone.activate(verified, phonePassword)).stored };
}

async function getEnrollable(
  { directory }: Pick<EnrolDependencies, 'directory'>,
  persona: Persona,
): Promise<Enrollable> {
  const nationalId = persona.rpps ? rpps(persona.rpps) : undefined;
  const record = nationalId && (await directory.findPractitioner(nationalId));
  const details = nationalId && (await directory.findContactDetails(nationalId));
  if (!record?.practitioner.active || !details?.email || !details.phone)
    throw errors('ecps.not_enrollable', 'persona');
  return { rpps: nationalId?.value ?? '', email: details.email, phone: details.phone };
}

const pollMs = 50;
const patienceMs = 15_000;

/** Messages leave by a job, a moment after the call that asked for them. */
async function waitFor<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  for (let waited = 0; waited < patienceMs; waited += pollMs) {
    const found = await find();
    if (found !== undefined) return found;
    await wait(pollMs);
  }
  throw errors('ecps.unanswered');
}
