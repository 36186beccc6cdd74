import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { CallRefused } from '#ecps-phone';
import { getPersona, type Mail, type Nurse, type Sms } from './nurse.ts';
import { type Records, readRecords } from './records.ts';

/** What is done at once is planned for later too, should the process die. */
const plannedMs = 10_000;
const patienceMs = 20_000;
const pollMs = 20;

/** After a walk: what she was told is so, nothing has counted twice, and nothing is left lying. */
export async function reckon(nurse: Nurse): Promise<void> {
  await using records = readRecords(nurse.server);
  await nurse.server.api('POST', '/api/clock', { advanceMs: plannedMs });
  await untilNoJobIsLeft(records);
  await checkPromises(nurse, records);
  await checkCounts(nurse, records);
  await checkSingleUse(nurse);
  await checkSessions(nurse);
  if (nurse.server.engine === 'sqlite')
    assert.deepEqual(await records.list('pragma integrity_check'), ['ok']);
}

async function untilNoJobIsLeft(records: Records): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; await setTimeout(pollMs)) {
    const left = await records.list('select kind from job');
    if (left.length === 0) return;
    assert.ok(Date.now() < deadline, `jobs are left: ${left}`);
  }
}

async function checkPromises(nurse: Nurse, records: Records): Promise<void> {
  for (const { what, of } of nurse.promised) await checks[what](nurse, of, records);
}

const listMails = async ({ server, persona: { email } }: Nurse) =>
  (await server.api<Mail[]>('GET', `/api/mails?to=${encodeURIComponent(email)}`)).body;
const listSms = async ({ server, persona: { phone } }: Nurse) =>
  (await server.api<Sms[]>('GET', `/api/sms?to=${encodeURIComponent(phone)}`)).body;

/** Both channels, once each: the outbox takes a message in the unit that ends its job. */
async function assertTold(nurse: Nurse, subject: string, word: RegExp, times = 1): Promise<void> {
  const subjects = (await listMails(nurse)).map((mail) => mail.subject);
  const texts = (await listSms(nurse)).map(({ text }) => text);
  assert.equal(
    subjects.filter((one) => one === subject).length,
    times,
    `a mail "${subject}" in ${subjects.join(', ')}`,
  );
  assert.equal(
    texts.filter((text) => word.test(text)).length,
    times,
    `an SMS ${word} in ${texts.join(' / ')}`,
  );
}

type Check = (nurse: Nurse, of: string, records: Records) => Promise<void>;

const checks: Record<Nurse['promised'][number]['what'], Check> = {
  async requested(nurse) {
    const links = (await listMails(nurse)).flatMap((mail) => mail.links.map(({ text }) => text));
    assert.equal(
      links.filter((text) => text === "Démarrer l'activation").length,
      1,
      'the mail that she asked for',
    );
  },
  async activated(_, of, records) {
    assert.equal(
      await records.count(`select id from authenticator_credential where national_id like '%${of}'`),
      1,
    );
  },
  async approved(_, of, records) {
    const rows = await records.count(
      `select id from audit_record where name = 'authenticator.approved' and subject like '%${of}'`,
    );
    assert.ok(rows > 0);
  },
  /** Where the answer to the proof of the old password was lost, she has proven it twice. */
  async passwordChanged(nurse, _, records) {
    const proofs = await records.count(
      `select id from audit_record where name = 'authenticator.password_changed'`,
    );
    assert.ok(proofs === 1 || proofs === 2);
    await assertTold(nurse, 'Le mot de passe de votre e-CPS a changé', /mot de passe .* a changé/, proofs);
  },
  async gone(nurse, of, records) {
    assert.equal(
      await records.count(`select id from authenticator_credential where national_id like '%${of}'`),
      0,
    );
    const mails = (await listMails(nurse)).map(({ subject }) => subject);
    assert.equal(
      mails.filter((subject) => /est désactivée|est supprimée/.test(subject)).length,
      1,
      `${mails}`,
    );
  },
  async contacts(nurse, of) {
    const { email } = await getPersona(nurse.server, nurse.persona.slug);
    assert.equal(email, of);
  },
};

/** Whatever was repeated, each thing has happened once. */
async function checkCounts(nurse: Nurse, records: Records): Promise<void> {
  const { persona } = nurse;
  const events = await records.list('select name from audit_record');
  const happened = (name: string) => events.filter((event) => event === name).length;
  for (const once of ['activated', 'link_redeemed', 'code_confirmed', 'deactivated'])
    assert.ok(happened(`authenticator.${once}`) <= 1, `${once} ${happened(`authenticator.${once}`)} times`);
  const active = await records.list(`select national_id from authenticator_credential`);
  const hers = active.filter((id) =>
    [persona.rpps, persona.adeli].some((number) => number && id.endsWith(number)),
  );
  assert.ok(hers.length <= 1, 'one e-CPS');
  if (happened('authenticator.activated') === 1)
    await assertTold(nurse, 'Votre e-CPS est activée', /est activée/);
  const consumed = await records.count(`select id from authenticator_approval where status = 'consumed'`);
  const byPhone = await records.count(
    `select id from audit_record where name = 'oidc.signed_in' and details like '%"ecps"%'`,
  );
  assert.equal(byPhone, consumed, 'each approval is one sign-in');
  assert.equal(await records.count('select id from job where failed_at is not null'), 0);
}

/** The mail's token serves once. */
async function checkSingleUse({ pocket }: Nurse): Promise<void> {
  if (!pocket.redeemed) return;
  const again = await pocket.phone.redeem(pocket.redeemed).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(again instanceof CallRefused, 'a link that was redeemed is refused');
}

/** A second browser, in which she had signed in before. */
async function checkSessions({ other, server }: Nurse): Promise<void> {
  if (!other) return;
  const page = await other.browser.open(new URL('/professionnel/lieux', server.urls.portal));
  const isOpen = page.url.pathname === '/professionnel/lieux';
  assert.equal(isOpen, !other.ends, `the session in her other browser is ${isOpen ? 'open' : 'closed'}`);
}
