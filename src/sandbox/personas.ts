import { adeli, formatIdNatPs, type NationalId, parseIdNatPs, rpps } from '#national-id';
import type { PlaceKey } from './seed/places.ts';

export type PersonaSlug =
  | 'infirmiere-adeli'
  | 'infirmier-ecps-adeli'
  | 'infirmier-rpps'
  | 'infirmiere-sans-coordonnees'
  | 'infirmiere-non-inscrite'
  | 'infirmiere-homonyme'
  | 'infirmier-sans-lieu'
  | 'infirmier-lieu-ferme'
  | 'infirmiere-radiee'
  | 'infirmier-carte-expiree'
  | 'infirmier-ecps-expiree'
  | 'infirmiere-remplacante'
  | 'medecin-deux-lieux'
  | 'pharmacienne'
  | 'sage-femme'
  | 'employe-cpe';

/** TRE_G15 code and label of the professions that personas have. */
export const professions = {
  nurse: { code: '60', label: 'Infirmier', authority: 'ONI/ONI/ONI' },
  doctor: { code: '10', label: 'Médecin', authority: 'CNOM/CNOM/CNOM' },
  pharmacist: { code: '21', label: 'Pharmacien', authority: 'CNOP/CNOP/CNOP' },
  midwife: { code: '50', label: 'Sage-Femme', authority: 'CNOSF/CNOSF/CNOSF' },
} as const;

export interface Persona {
  slug: PersonaSlug;
  gender: 'F' | 'M';
  givenName: string;
  familyName: string;
  profession: keyof typeof professions | null;
  /** What her means to sign in carry. */
  nationalId: NationalId;
  rpps: string | null;
  adeli: string | null;
  card: 'valid' | 'expired' | null;
  /** Her e-CPS at the seed, under `nationalId`. */
  ecps: 'active' | 'expired' | null;
  /** What the directory's contact details hold at the seed. */
  email: string | null;
  phone: string | null;
  /** Places of practice in today's extract. */
  places: readonly PlaceKey[];
  /** Places that only yesterday's extract has. */
  closedPlaces?: readonly PlaceKey[];
  /** In yesterday's extract only. */
  struckOff?: true;
  /** Works as a locum, without a place of her own. */
  locum?: true;
  /** What a sign-in by her means should be told; null where nothing is wrong. */
  cause: string | null;
}

type Told = Omit<Persona, 'adeli' | 'rpps' | 'nationalId' | 'card' | 'ecps'> & {
  card?: 'expired' | null;
  ecps?: 'active' | 'expired';
};

/** Most have a card that is good, and no e-CPS. */
const usual = { card: 'valid', ecps: null } as const;

/** A card, and a directory record, under RPPS. */
function underRpps(number: string, told: Told): Persona {
  return { ...usual, ...told, nationalId: rpps(number), rpps: number, adeli: null };
}

/** A card made before the nurses' change of register; `rppsNumber` is what the register has given since. */
function underAdeli(number: string, rppsNumber: string | null, told: Told): Persona {
  return { ...usual, ...told, nationalId: adeli(number), rpps: rppsNumber, adeli: number };
}

function employee(idNatPs: string, told: Told): Persona {
  const nationalId = parseIdNatPs(idNatPs);
  if (!nationalId) throw new Error('an employee persona needs a national identifier');
  return { ...usual, ...told, nationalId, rpps: null, adeli: null };
}

/**
 * The people of the sandbox, all invented. Their numbers pass their check digits and start with `9970` (RPPS) or
 * `99` (ADELI); their telephones are of the range that ARCEP keeps for fiction (decision 2018-0881).
 */
export const personas: readonly Persona[] = [
  underAdeli('996123451', '99700012042', {
    slug: 'infirmiere-adeli',
    gender: 'F',
    givenName: 'Claire',
    familyName: 'Fontaine',
    profession: 'nurse',
    email: 'claire.fontaine@example.fr',
    phone: '0639980142',
    places: ['halles', 'ploemeur'],
    cause: 'legacy_adeli_identity',
  }),
  underAdeli('996234563', '99700013123', {
    slug: 'infirmier-ecps-adeli',
    gender: 'M',
    givenName: 'Marc',
    familyName: 'Riou',
    profession: 'nurse',
    ecps: 'active',
    email: 'marc.riou@example.fr',
    phone: '0639980217',
    places: ['quimperle'],
    cause: 'ecps_under_adeli',
  }),
  underRpps('99700014253', {
    slug: 'infirmier-rpps',
    gender: 'M',
    givenName: 'Julien',
    familyName: 'Marchand',
    profession: 'nurse',
    email: 'julien.marchand@example.fr',
    phone: '0639980325',
    places: ['vannes', 'auray'],
    cause: null,
  }),
  underAdeli('996345674', '99700015383', {
    slug: 'infirmiere-sans-coordonnees',
    gender: 'F',
    givenName: 'Lina',
    familyName: 'Kerbrat',
    profession: 'nurse',
    email: null,
    phone: null,
    places: ['hennebont'],
    cause: 'legacy_adeli_identity',
  }),
  underAdeli('996456786', null, {
    slug: 'infirmiere-non-inscrite',
    gender: 'F',
    givenName: 'Mireille',
    familyName: 'Cadiou',
    profession: 'nurse',
    email: null,
    phone: null,
    places: [],
    cause: 'no_rpps',
  }),
  underAdeli('996567897', '99700016415', {
    slug: 'infirmiere-homonyme',
    gender: 'F',
    givenName: 'Élise',
    familyName: 'Moreau',
    profession: 'nurse',
    email: 'elise.moreau@example.fr',
    phone: '0639980468',
    places: ['guidel'],
    cause: 'identity_mismatch',
  }),
  underRpps('99700017660', {
    slug: 'infirmier-sans-lieu',
    gender: 'M',
    givenName: 'Tom',
    familyName: 'Baudry',
    profession: 'nurse',
    email: 'tom.baudry@example.fr',
    phone: '0639980531',
    places: [],
    cause: 'no_place_of_practice',
  }),
  underRpps('99700018734', {
    slug: 'infirmier-lieu-ferme',
    gender: 'M',
    givenName: 'Yann',
    familyName: 'Le Goff',
    profession: 'nurse',
    email: 'yann.legoff@example.fr',
    phone: '0639980644',
    places: [],
    closedPlaces: ['pontivy'],
    cause: 'place_closed',
  }),
  underRpps('99700019849', {
    slug: 'infirmiere-radiee',
    gender: 'F',
    givenName: 'Solène',
    familyName: 'Guillou',
    profession: 'nurse',
    email: 'solene.guillou@example.fr',
    phone: '0639980756',
    places: [],
    closedPlaces: ['concarneau'],
    struckOff: true,
    cause: 'record_inactive',
  }),
  underRpps('99700020953', {
    slug: 'infirmier-carte-expiree',
    gender: 'M',
    givenName: 'Hugo',
    familyName: 'Perrin',
    profession: 'nurse',
    card: 'expired',
    email: 'hugo.perrin@example.fr',
    phone: '0639980813',
    places: ['lanester'],
    cause: 'authenticator_expired',
  }),
  underRpps('99700021076', {
    slug: 'infirmier-ecps-expiree',
    gender: 'M',
    givenName: 'Karim',
    familyName: 'Benali',
    profession: 'nurse',
    card: null,
    ecps: 'expired',
    email: 'karim.benali@example.fr',
    phone: '0639980929',
    places: ['brest'],
    cause: 'authenticator_expired',
  }),
  underRpps('99700022181', {
    slug: 'infirmiere-remplacante',
    gender: 'F',
    givenName: 'Inès',
    familyName: 'Caradec',
    profession: 'nurse',
    ecps: 'active',
    email: 'ines.caradec@example.fr',
    phone: '0639981034',
    places: [],
    locum: true,
    cause: null,
  }),
  underRpps('99700023296', {
    slug: 'medecin-deux-lieux',
    gender: 'F',
    givenName: 'Anne',
    familyName: 'Delmas',
    profession: 'doctor',
    ecps: 'active',
    email: 'anne.delmas@example.fr',
    phone: '0639981147',
    places: ['larmor', 'ploemeur'],
    cause: null,
  }),
  underRpps('99700024310', {
    slug: 'pharmacienne',
    gender: 'F',
    givenName: 'Sophie',
    familyName: 'Tanguy',
    profession: 'pharmacist',
    ecps: 'active',
    email: 'sophie.tanguy@example.fr',
    phone: '0639981252',
    places: ['pharmacy'],
    cause: null,
  }),
  underRpps('99700025424', {
    slug: 'sage-femme',
    gender: 'F',
    givenName: 'Nora',
    familyName: 'Salaün',
    profession: 'midwife',
    ecps: 'active',
    email: 'nora.salaun@example.fr',
    phone: '0639981369',
    places: ['midwives'],
    cause: null,
  }),
  employee('599000189300017/0000000042', {
    slug: 'employe-cpe',
    gender: 'M',
    givenName: 'Paul',
    familyName: 'Morvan',
    profession: null,
    email: 'paul.morvan@example.fr',
    phone: '0639981471',
    places: [],
    cause: null,
  }),
];

const bySlug = new Map<string, Persona>(personas.map((persona) => [persona.slug, persona]));

export function findPersona(slug: string): Persona | undefined {
  return bySlug.get(slug);
}

/** The invented person who runs the directory of a sandbox. */
export const sandboxOperator = findOperator('employe-cpe');

function findOperator(slug: PersonaSlug): { idNatPs: string; name: string } {
  const persona = findPersona(slug);
  if (!persona) throw new Error('nobody runs the directory of the sandbox');
  const { nationalId, givenName, familyName } = persona;
  return { idNatPs: formatIdNatPs(nationalId), name: `${givenName} ${familyName}` };
}
