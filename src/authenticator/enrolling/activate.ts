import { adeli, type NationalId } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { statusOf } from '../credentials/credential-status.ts';
import { viewCredential } from '../credentials/credential-view.ts';
import { afterDestruction, type Doomed, destroy, doom } from '../credentials/end-credential.ts';
import { errors } from '../errors.ts';
import { evaluateElement } from '../evaluation/evaluate-element.ts';
import { isElement } from '../evaluation/is-element.ts';
import { createOprfKey } from '../key-box.ts';
import type { NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import { enrolmentTranscript } from '../phone/enrolment-transcript.ts';
import { credentialLifetimeMs } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import { isPublicKey, parseJws, thumbprintOf, verifyJws } from '../signature.ts';
import type { Credential, DestructionReason, NewCredential } from '../stores/credential-store.ts';
import type { Enrolment, PreparedCredential } from '../stores/enrolment-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { ActivatedView, CredentialRequest, EnrolmentEvaluation } from '../wire.ts';
import { advanceEnrolment, getOwnEnrolment } from './advance-enrolment.ts';
import { findHolder } from './ask-consent.ts';

/** The server's half of the first password: `k` is made with the first element, and kept for the next ones. */
export async function evaluateForEnrolment(
  parts: Parts,
  call: SignedCall,
  id: string,
  blinded: Uint8Array,
): Promise<EnrolmentEvaluation> {
  if (!isElement(blinded)) throw errors('request.invalid', 'blinded');
  const prepared = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    const kept = own.prepared ?? prepare(parts);
    await advanceEnrolment(
      parts,
      unit,
      own,
      { type: 'evaluated', at: parts.clock.now() },
      { prepared: kept },
    );
    return kept;
  });
  const key = parts.keyBoxes.open(prepared.keyBox, prepared);
  if (!key) throw errors('credential.damaged');
  const evaluated = evaluateElement(key, blinded);
  const { credentialId, fingerprint } = prepared;
  return { credentialId, fingerprint, evaluated: Buffer.from(evaluated).toString('base64url') };
}

function prepare({ keyBoxes }: Parts): PreparedCredential {
  const { key, fingerprint } = createOprfKey();
  const credentialId = newId('crd');
  return { credentialId, fingerprint, keyBox: keyBoxes.seal(key, { credentialId, fingerprint }) };
}

/**
 * **Activer ma e-CPS**: K_auth has signed what K_dev signs with this call, and both are bound. What the new e-CPS
 * takes the place of ends in the same unit.
 */
export async function activate(
  parts: Parts,
  call: SignedCall,
  id: string,
  request: CredentialRequest,
): Promise<ActivatedView> {
  const enrolment = await getOwnEnrolment(parts, id, call.thumbprint);
  const credential = newCredential(parts, enrolment, request);
  const recipient = await findHolder(parts, enrolment);
  const { doomed, superseded } = await findReplaced(parts, credential);
  const activated = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    const event = { type: 'activated', at: credential.activatedAt } as const;
    await advanceEnrolment(parts, unit, own, event, { prepared: null });
    await parts.credentials.create(unit, credential);
    for (const { reason, ...one } of doomed) await destroy(parts, unit, one, reason);
    for (const number of superseded) await parts.sessions?.planEnd(unit, number, 'all');
    if (own.state.channel === 'mail')
      await parts.directory.confirmContactDetails(unit, own.nationalId, own.createdAt);
    await announce(parts, unit, { credential, recipient, channel: own.state.channel });
    return parts.credentials.find(credential.id, unit);
  });
  await afterDestruction(
    parts,
    doomed.map((one) => one.credential),
  );
  for (const nationalId of superseded) await parts.sessions?.endUnder(nationalId);
  if (!activated) throw errors('credential.gone');
  const repair = await parts.repairs?.findOpen(activated.nationalId);
  return { ...(await viewCredential(parts, activated)), returnUrl: repair?.returnUrl ?? null };
}

function newCredential(
  { clock }: Parts,
  enrolment: Enrolment,
  { authKey, jws: text }: CredentialRequest,
): NewCredential {
  const { prepared, holder, state, nationalId } = enrolment;
  if (!prepared || !holder || state.device === null) throw errors('enrolment.wrong_stage');
  const jws = parseJws(text);
  const transcript = enrolmentTranscript({
    enrolment: enrolment.id,
    credential: prepared.credentialId,
    nationalId: numberView(nationalId),
    deviceKey: state.device,
    authKey: thumbprintOf(authKey),
    fingerprint: prepared.fingerprint,
  });
  const isBound = isPublicKey(authKey) && jws !== undefined && verifyJws(jws, 'ecps-enrolment+jwt', authKey);
  if (!isBound || jws.payloadText !== JSON.stringify(transcript)) throw errors('signature.invalid', 'jws');
  const now = clock.now();
  return {
    id: prepared.credentialId,
    nationalId,
    deviceThumbprint: state.device,
    device: enrolment.device,
    locale: enrolment.locale,
    holder,
    authKey,
    fingerprint: prepared.fingerprint,
    keyBox: prepared.keyBox,
    activatedAt: now,
    expiresAt: now + credentialLifetimeMs,
  };
}

interface Replaced {
  doomed: (Doomed & { reason: DestructionReason })[];
  /** Numbers whose sessions end. */
  superseded: NationalId[];
}

/**
 * What the new e-CPS takes the place of: the older one on this phone, those that are expired or frozen, and any
 * under an ADELI number whose link leads here under its conditions.
 */
async function findReplaced(parts: Parts, credential: NewCredential): Promise<Replaced> {
  const now = parts.clock.now();
  const sisters = await parts.credentials.listOfPerson(credential.nationalId);
  const replaced = sisters.filter(
    (one) =>
      one.deviceThumbprint === credential.deviceThumbprint ||
      statusOf(one, now) === 'expired' ||
      statusOf(one, now) === 'frozen',
  );
  const { credentials, superseded } = await findUnderAdeli(parts, credential);
  const doomed = [
    ...(await withReason(parts, replaced, 'activated_again')),
    ...(await withReason(parts, credentials, 'activated_under_rpps')),
  ];
  return { doomed, superseded };
}

async function withReason(parts: Parts, credentials: readonly Credential[], reason: DestructionReason) {
  return Promise.all(credentials.map(async (one) => ({ ...(await doom(parts, one)), reason })));
}

async function findUnderAdeli({ directory, credentials }: Parts, { nationalId, holder }: NewCredential) {
  const found: { credentials: Credential[]; superseded: NationalId[] } = { credentials: [], superseded: [] };
  if (nationalId.kind !== 'rpps') return found;
  const leadsHere = async (number: string, claimed: NewCredential['holder']) => {
    const link = await directory.resolveLink(number, claimed);
    return link.outcome === 'linked' && link.rpps === nationalId.value;
  };
  for (const number of await directory.findLinkedAdeli(nationalId.value)) {
    if (await leadsHere(number, holder)) found.superseded.push(adeli(number));
    for (const old of await credentials.listOfPerson(adeli(number)))
      if (await leadsHere(number, old.holder)) found.credentials.push(old);
  }
  return found;
}

interface Activation {
  credential: NewCredential;
  recipient: NoticeRecipient | undefined;
  channel: 'mail' | 'card';
}

async function announce(parts: Parts, unit: Unit, { credential, recipient, channel }: Activation) {
  const { nationalId, id, device, activatedAt: at } = credential;
  await parts.events.activated(unit, nationalId, channel);
  unit.afterCommit(() => parts.changes.announce(nationalId));
  if (!recipient) return;
  const notice = { nationalId: numberView(nationalId), device, at, notMeUrl: parts.links.notMeUrl(id) };
  await parts.messages.sendNotice(unit, { kind: 'activated', recipient, ...notice });
}
