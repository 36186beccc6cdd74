import { z } from 'zod';

/** What a session may do with contact details. */
export type Access =
  /** `adeli`: the card's number, where a link whose conditions hold leads from it to `rpps`. */
  | { way: 'card'; rpps: string; adeli: string | null }
  | { way: 'ecps'; rpps: string }
  /** `adeli_ecps` counts as not signed in; `no_link`: an ADELI card that leads to no safe record. */
  | { way: 'none'; reason: 'adeli_ecps' | 'no_link' | 'other' };

/** Who is signed in, as far as the issuer says. */
export interface Visitor {
  /** The national identifier with its prefix. */
  idNatPs: string;
  kind: 'rpps' | 'adeli' | 'other';
  /** Without prefix. */
  value: string;
  name: string;
  access: Access;
}

/** Every number that the issuer vouches for; a functional identifier (PSI) is none. */
const otherIds = z
  .array(z.object({ identifiant: z.string(), origine: z.string() }))
  .catch([])
  .transform((all) => all.filter(({ origine }) => origine !== 'PSI').map(({ identifiant }) => identifiant));

/** Userinfo of Pro Santé Connect, with our scope `repair`, which says where an ADELI number leads. */
const userinfo = z.object({
  SubjectNameID: z.string().catch(''),
  given_name: z.string().catch(''),
  family_name: z.string().catch(''),
  authMode: z.string().catch(''),
  otherIds,
  repair: z
    .object({ chain: z.object({ directory: z.object({ rpps: z.string().nullable() }) }) })
    .optional()
    .catch(undefined),
});

type Userinfo = z.infer<typeof userinfo>;

export function parseVisitor(claims: unknown): Visitor {
  const info = userinfo.parse(claims);
  const person = identify(
    uuid.test(info.SubjectNameID) ? (info.otherIds[0] ?? info.SubjectNameID) : info.SubjectNameID,
  );
  return {
    ...person,
    name: [info.given_name, info.family_name].filter(Boolean).join(' '),
    access: accessOf(person, info),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The kind by its prefix (TRE_G08-TypeIdentifiantPersonne). */
function identify(idNatPs: string): Pick<Visitor, 'idNatPs' | 'kind' | 'value'> {
  const value = idNatPs.slice(1);
  if (/^8\d{11}$/.test(idNatPs)) return { idNatPs, kind: 'rpps', value };
  return { idNatPs, kind: /^0[0-9A-Z]{9}$/.test(idNatPs) ? 'adeli' : 'other', value };
}

function accessOf({ kind, value }: Pick<Visitor, 'kind' | 'value'>, info: Userinfo): Access {
  const { authMode, repair } = info;
  const byCard = authMode === 'CARD';
  if (kind === 'rpps') return accessUnderRpps(value, byCard, bridgedFrom(info));
  if (kind !== 'adeli') return { way: 'none', reason: 'other' };
  if (!byCard) return { way: 'none', reason: 'adeli_ecps' };
  const rpps = repair?.chain.directory.rpps;
  return rpps ? { way: 'card', rpps, adeli: value } : { way: 'none', reason: 'no_link' };
}

/** A bridged sign-in proved the ADELI number, and no more than that: its link is used, and what it may not do it may not. */
function bridgedFrom({ otherIds }: Userinfo): string | null {
  const bridged = otherIds.map(identify).find(({ kind }) => kind === 'adeli');
  return bridged?.value ?? null;
}

function accessUnderRpps(rpps: string, byCard: boolean, adeli: string | null): Access {
  if (byCard) return { way: 'card', rpps, adeli };
  return adeli === null ? { way: 'ecps', rpps } : { way: 'none', reason: 'adeli_ecps' };
}
