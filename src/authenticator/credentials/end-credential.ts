import type { Unit } from '#platform/database/database.ts';
import { findNoticeRecipient } from '../enrolling/recipient.ts';
import { errors } from '../errors.ts';
import type { NoticeKind, NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import type { SignedCall } from '../proof.ts';
import type { Credential, DestructionReason } from '../stores/credential-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { DeactivatedView } from '../wire.ts';
import { isLive, isUsable } from './credential-status.ts';

/** A credential that a unit may destroy, with those who are told: looked up before the unit. */
export interface Doomed {
  credential: Credential;
  recipient: NoticeRecipient | undefined;
}

export async function doom(parts: Parts, credential: Credential): Promise<Doomed> {
  return { credential, recipient: await findNoticeRecipient(parts.directory, credential) };
}

const noticeKinds: Record<DestructionReason, NoticeKind | undefined> = {
  deactivated: 'deactivated',
  removed: 'removed',
  password: 'destroyed',
  activated_under_rpps: 'replaced',
  activated_again: undefined,
};

/** Destroys within a unit; `endSessions` follows its commit. False where it was gone already. */
export async function destroy(
  parts: Parts,
  unit: Unit,
  { credential, recipient }: Doomed,
  reason: DestructionReason,
): Promise<boolean> {
  const { nationalId, id, device } = credential;
  const at = parts.clock.now();
  if (!(await parts.credentials.destroy(unit, id, reason, at))) return false;
  if (reason === 'deactivated') await parts.events.deactivated(unit, nationalId);
  else await parts.events.destroyed(unit, nationalId, reason);
  await parts.sessions?.planEnd(unit, nationalId, 'opened_by_ecps');
  await notify(parts, unit, { kind: noticeKinds[reason], recipient, credential, device, at });
  unit.afterCommit(() => parts.changes.announce(nationalId));
  return true;
}

interface Notice {
  kind: NoticeKind | undefined;
  recipient: NoticeRecipient | undefined;
  credential: Credential;
  device: string;
  at: number;
}

async function notify(parts: Parts, unit: Unit, { kind, recipient, credential, device, at }: Notice) {
  if (!kind || !recipient) return;
  const nationalId = numberView(credential.nationalId);
  await parts.messages.sendNotice(unit, { kind, recipient, nationalId, device, at, notMeUrl: null });
}

/** **Désactiver ma e-CPS**: at once, without a password; also that of another phone of the same person. */
export async function deactivate(parts: Parts, call: SignedCall, id: string): Promise<DeactivatedView> {
  const doomed = await doom(parts, await getRemovable(parts, id, call.thumbprint));
  const reason = doomed.credential.destroyAt === null ? 'deactivated' : 'password';
  await parts.database.write(async (unit) => {
    await call.record(unit);
    if (!(await destroy(parts, unit, doomed, reason))) throw errors('credential.gone');
  });
  await afterDestruction(parts, [doomed.credential]);
  const repair = await parts.repairs?.findOpen(doomed.credential.nationalId);
  return { rpps: repair?.rpps ?? null };
}

/** Its own, or that of a person whose usable e-CPS this phone has too. */
async function getRemovable(parts: Parts, id: string, thumbprint: string): Promise<Credential> {
  const credential = await parts.credentials.find(id);
  if (!credential)
    throw errors((await parts.credentials.isGone(id)) ? 'credential.gone' : 'credential.unknown');
  if (credential.deviceThumbprint === thumbprint) return credential;
  const sisters = await parts.credentials.listOfPerson(credential.nationalId);
  const now = parts.clock.now();
  if (!sisters.some((one) => one.deviceThumbprint === thumbprint && isUsable(one, now)))
    throw errors('credential.unknown');
  return credential;
}

/** Those whose last try was followed by no signature in time. */
export async function destroyUsedUp(parts: Parts): Promise<void> {
  const usedUp = await parts.credentials.listUsedUp(parts.clock.now());
  if (usedUp.length === 0) return;
  const doomed = await Promise.all(usedUp.map((credential) => doom(parts, credential)));
  await parts.database.write(async (unit) => {
    for (const one of doomed) await destroy(parts, unit, one, 'password');
  });
  await afterDestruction(parts, usedUp);
}

/** What it opened ends, and what was deleted leaves the disk. */
export async function afterDestruction(parts: Parts, destroyed: readonly Credential[]): Promise<void> {
  if (destroyed.length === 0) return;
  for (const { nationalId } of destroyed) await parts.sessions?.endOpenedByEcps(nationalId);
  await parts.database.purge();
}

/** A credential of this very phone. Throws `credential.gone` or `credential.unknown`. */
export async function getOwnCredential(
  { credentials, clock }: Pick<Parts, 'credentials' | 'clock'>,
  id: string,
  thumbprint: string,
): Promise<Credential> {
  const credential = await credentials.find(id);
  if (credential?.deviceThumbprint === thumbprint && isLive(credential, clock.now())) return credential;
  const wasOwn = credential ? credential.deviceThumbprint === thumbprint : await credentials.isGone(id);
  throw errors(wasOwn ? 'credential.gone' : 'credential.unknown');
}
