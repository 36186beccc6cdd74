import { z } from 'zod';
import { causes } from './cause.ts';

const ecpsStates = ['none', 'active', 'expired', 'adeli', 'frozen', 'locked'] as const;

/** Only an address that a browser may be sent to. */
const webAddress = z.url({ protocol: /^https?$/ });

/** The `repair` claim (scope `repair` of the contract); an issuer without that scope gives none. */
const repairClaim = z.object({
  cause: z.enum(causes).nullable(),
  uri: webAddress.optional().catch(undefined),
  steps: z.array(z.enum(causes)).catch([]),
  chain: z.object({
    signedIn: z.object({ method: z.string().optional(), kind: z.string().optional() }),
    directory: z.object({
      rpps: z.string().nullable().catch(null),
      places: z.number().nullable().catch(null),
      asOf: z.string().nullable().catch(null),
    }),
    ecps: z.enum(ecpsStates).catch('none'),
  }),
});

const civility = z.string().optional().catch(undefined);

/** Where the subject is a functional identifier (UUID), the national one is here. */
const otherIds = z.array(z.object({ identifiant: z.string(), origine: z.string() })).catch([]);

/** Userinfo as Pro Santé Connect gives it: what is absent is an empty string, or left out. */
const userinfo = z.object({
  SubjectNameID: z.string().catch(''),
  preferred_username: z.string().catch(''),
  given_name: z.string().catch(''),
  family_name: z.string().catch(''),
  authMode: z.string().optional().catch(undefined),
  otherIds,
  codeCivilite: civility,
  SubjectRefPro: z.object({ codeCivilite: civility }).optional().catch(undefined),
  repair: repairClaim.optional().catch(undefined),
});

export type RepairClaim = z.infer<typeof repairClaim>;
export type EcpsState = (typeof ecpsStates)[number];
/** `neutral` where the civility is not known. */
export type Gender = 'feminine' | 'masculine' | 'neutral';

/** Who is signed in, as far as the issuer says. */
export interface Person {
  /** The national identifier with its prefix. */
  idNatPs: string;
  kind: 'rpps' | 'adeli' | 'employee' | 'other';
  /** Without prefix. */
  value: string;
  name: string;
  gender: Gender;
  method: 'card' | 'ecps' | undefined;
  repair: RepairClaim | undefined;
}

export function parsePerson(claims: unknown): Person {
  const info = userinfo.parse(claims);
  const given = nationalIdOf(info.SubjectNameID || info.preferred_username, info.otherIds);
  return {
    ...identify(given),
    name: [info.given_name, info.family_name].filter(Boolean).join(' '),
    gender: genderOf(info.codeCivilite || info.SubjectRefPro?.codeCivilite),
    method: methodOf(info.authMode),
    repair: info.repair,
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function nationalIdOf(subjectName: string, others: z.infer<typeof otherIds>): string {
  const [first] = uuid.test(subjectName) ? others.filter(({ origine }) => origine !== 'PSI') : [];
  return first?.identifiant ?? subjectName;
}

/**
 * The kind by its prefix (TRE_G08-TypeIdentifiantPersonne): 8 RPPS, 0 ADELI, 3 and 5 employees of a structure.
 * The integration environment of PSC also gave an RPPS number without prefix.
 */
function identify(text: string): Pick<Person, 'idNatPs' | 'kind' | 'value'> {
  const idNatPs = /^\d{11}$/.test(text) ? `8${text}` : text;
  const value = idNatPs.slice(1);
  if (/^8\d{11}$/.test(idNatPs)) return { idNatPs, kind: 'rpps', value };
  if (/^0[0-9A-Z]{9}$/.test(idNatPs)) return { idNatPs, kind: 'adeli', value };
  return { idNatPs, kind: /^[35].+\//.test(idNatPs) ? 'employee' : 'other', value };
}

/** TRE_R81-Civilite; `MLLE` ended in 2016 and is still met. */
function genderOf(code: string | undefined): Gender {
  if (code === 'MME' || code === 'MLLE') return 'feminine';
  return code === 'M' ? 'masculine' : 'neutral';
}

function methodOf(authMode: string | undefined): Person['method'] {
  if (authMode === 'CARD') return 'card';
  return authMode === 'MOBILE' ? 'ecps' : undefined;
}
