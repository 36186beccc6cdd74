import { type Directory, isLocum, type PractitionerWithRoles } from '#directory';
import { type NationalId, rpps, type Verification } from '#national-id';
import type { EcpsState, Facts, Lead, RecordFacts } from './diagnosis.ts';

export type RepairDirectory = Pick<
  Directory,
  'findPractitioner' | 'resolveLink' | 'recordLinkUse' | 'findContactDetails' | 'asOf'
>;

/** What the phone authenticator knows; `adeli`: only an e-CPS under the ADELI number of the link. */
export interface EcpsStates {
  findState(nationalId: NationalId, linkedAdeli?: string | null): Promise<EcpsState>;
}

export interface FactSources {
  directory: RepairDirectory;
  /** Absent where no e-CPS app is served: nobody has one. */
  ecps?: EcpsStates;
}

/** Reads what a diagnosis depends on; an ADELI number leads to a record under the link's conditions only. */
export async function gatherFacts(
  { directory, ecps }: FactSources,
  verification: Verification,
): Promise<Facts> {
  const found = await findLead(directory, verification);
  return { ...found, ecps: ecps ? await findEcps(ecps, verification.nationalId, found.record) : 'none' };
}

async function findLead(
  directory: RepairDirectory,
  verification: Verification,
): Promise<Omit<Facts, 'ecps'>> {
  const { nationalId } = verification;
  if (nationalId.kind === 'rpps') {
    return { kind: 'rpps', lead: { outcome: 'own' }, record: await findRecord(directory, nationalId) };
  }
  if (nationalId.kind !== 'adeli') return { kind: nationalId.kind, lead: { outcome: 'own' }, record: null };
  const link = await directory.resolveLink(nationalId.value, verification);
  const record = link.outcome === 'linked' ? await findRecord(directory, rpps(link.rpps)) : null;
  return { kind: 'adeli', lead: leadOf(link), record };
}

/** Of the RPPS number that one signed in with or that a link leads to; without one, of the ADELI number alone. */
async function findEcps(
  ecps: EcpsStates,
  nationalId: NationalId,
  record: RecordFacts | null,
): Promise<EcpsState> {
  if (nationalId.kind !== 'adeli') return ecps.findState(nationalId);
  if (record) return ecps.findState(rpps(record.rpps), nationalId.value);
  const state = await ecps.findState(nationalId);
  return state === 'active' ? 'adeli' : state;
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
