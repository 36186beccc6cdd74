import { type Directory, isLocum, type PractitionerWithRoles } from '#directory';
import { type NationalId, rpps, type Verification } from '#national-id';
import type { Facts, Lead, RecordFacts } from './diagnosis.ts';

export type RepairDirectory = Pick<
  Directory,
  'findPractitioner' | 'resolveLink' | 'findContactDetails' | 'asOf'
>;

/** Reads what a diagnosis depends on; an ADELI number leads to a record under the link's conditions only. */
export async function gatherFacts(directory: RepairDirectory, verification: Verification): Promise<Facts> {
  const { nationalId } = verification;
  if (nationalId.kind === 'rpps') {
    return { kind: 'rpps', lead: { outcome: 'own' }, record: await findRecord(directory, nationalId) };
  }
  if (nationalId.kind !== 'adeli') return { kind: nationalId.kind, lead: { outcome: 'own' }, record: null };
  const link = await directory.resolveLink(nationalId.value, verification);
  const record = link.outcome === 'linked' ? await findRecord(directory, rpps(link.rpps)) : null;
  return { kind: 'adeli', lead: leadOf(link), record };
}

function leadOf(link: Awaited<ReturnType<RepairDirectory['resolveLink']>>): Lead {
  if (link.outcome === 'inactive') return { outcome: 'inactive', endedAt: link.endedAt };
  return { outcome: link.outcome };
}

async function findRecord(directory: RepairDirectory, id: NationalId): Promise<RecordFacts | null> {
  const found = await directory.findPractitioner(id);
  if (!found) return null;
  const contacts = await directory.findContactDetails(id);
  return {
    rpps: id.value,
    hasContactDetails: Boolean(contacts?.email && contacts.phone),
    ...placesOf(found),
  };
}

function placesOf({
  practitioner,
  roles,
}: PractitionerWithRoles): Omit<RecordFacts, 'rpps' | 'hasContactDetails'> {
  const active = roles.filter((role) => role.active);
  const open = active.filter((role) => role.organization?.active && !isLocum(role));
  return {
    endedAt: practitioner.active ? null : practitioner.endedAt,
    places: new Set(open.map((role) => role.organizationId)).size,
    placeEndedAt: Math.max(0, ...roles.map(placeEnd)) || null,
    locum: active.some(isLocum),
  };
}

/** When a role stopped leading to a place: its own end or that of its organization. */
function placeEnd(role: PractitionerWithRoles['roles'][number]): number {
  return role.organization ? Math.max(role.endedAt ?? 0, role.organization.endedAt ?? 0) : 0;
}
