import { withLuhnKey } from '#national-id';
import type { ActivityRecord } from '../extract/columns.ts';
import { type Commune, pickCommune } from './communes.ts';
import { createRandom, type Random, type Weighted } from './random.ts';

type Sector = readonly [code: string, label: string];

const practices: Weighted<Sector>[] = [
  [52, ['SA07', 'Cabinet individuel']],
  [34, ['SA08', 'Cabinet de groupe']],
  [9, ['SA09', 'Exercice en société']],
  [5, ['SA52', 'Maison ou pôle de santé']],
];

const institutions: Weighted<Sector>[] = [
  [45, ['SA01', 'Etablissement public de santé']],
  [12, ['SA04', 'Etablissement privé non PSPH']],
  [8, ['SA03', 'Etablissement privé PSPH']],
  [22, ['SA17', 'Etablissement hébergeant des personnes âgées dépendantes']],
  [5, ['SA05', 'Centre de santé']],
  [5, ['SA16', 'Etablissement pour personnes handicapées']],
  [3, ['SA34', 'Centre de dialyse']],
];

const pharmacy: Sector = ['SA33', "Pharmacie d'officine"];

const streetTypes: Weighted<readonly [code: string, label: string]>[] = [
  [60, ['R', 'Rue']],
  [16, ['AV', 'Avenue']],
  [8, ['BD', 'Boulevard']],
  [8, ['PL', 'Place']],
  [5, ['CHE', 'Chemin']],
  [3, ['ALL', 'Allée']],
];

const streetNames = [
  ...[
    'VICTOR HUGO',
    'DE LA REPUBLIQUE',
    'JEAN JAURES',
    'PASTEUR',
    'DE LA GARE',
    'DES ECOLES',
    'DU GENERAL DE GAULLE',
  ],
  ...[
    'DE L EGLISE',
    'DES LILAS',
    'DU MOULIN',
    'GAMBETTA',
    'DE VERDUN',
    'DES ACACIAS',
    'EMILE ZOLA',
    'DU STADE',
  ],
  ...[
    'DE LA LIBERTE',
    'DES TILLEULS',
    'SAINT ANTOINE',
    'DU MARECHAL FOCH',
    'VOLTAIRE',
    'DE LA FONTAINE',
    'JULES FERRY',
  ],
];

/** Kinds of place; each has numbers of its own. */
export type PlaceKind = 'practice' | 'institution' | 'pharmacy';

/**
 * The columns of one place. The same seed, kind and index always give the same place, so that none is kept: people
 * who share an index share the place.
 */
export function makePlace(seed: string, kind: PlaceKind, index: number): ActivityRecord {
  const random = createRandom(`${seed}/${kind}/${index}`);
  const commune = pickCommune(random);
  const place = { practice: makePractice, institution: makeInstitution, pharmacy: makePharmacy }[kind];
  return { ...place(random, commune, index), ...makeAddress(random, commune), ...makeContact(random) };
}

const inSector = ([sector, sectorLabel]: Sector): ActivityRecord => ({ sector, sectorLabel });

function makePractice(random: Random, commune: Commune, index: number): ActivityRecord {
  const sector = random.weighted(practices);
  const town = commune.name.toUpperCase();
  const company = sector[0] === 'SA09' || sector[0] === 'SA52';
  return {
    ...inSector(sector),
    ...(random.chance(0.5) ? makeSiret(random) : {}),
    technicalId: `R${100_000 + index}`,
    formerId: `4${withLuhnKey(`100${random.digits(7)}`)}${String(1 + random.below(9)).padStart(3, '0')}`,
    name: company ? `${sector[0] === 'SA52' ? 'MAISON DE SANTE' : 'SELARL'} DE ${town}` : `CABINET ${town}`,
    tradeName: random.chance(0.2) ? sector[1].toUpperCase() : '',
  };
}

function makeInstitution(random: Random, commune: Commune): ActivityRecord {
  const sector = random.weighted(institutions);
  const words = sector[0] === 'SA01' ? 'CENTRE HOSPITALIER' : sector[1].toUpperCase().slice(0, 40);
  return {
    ...inSector(sector),
    ...makeFiness(random, commune),
    name: `${words} DE ${commune.name.toUpperCase()}`,
  };
}

function makePharmacy(random: Random, commune: Commune): ActivityRecord {
  const name = `PHARMACIE ${random.pick(streetNames)}`;
  return {
    ...inSector(pharmacy),
    ...makeFiness(random, commune),
    ...makeSiret(random),
    name,
    tradeName: name,
  };
}

/** SIREN + 5 digits, each with its key. */
function makeSiret(random: Random): ActivityRecord {
  const siren = withLuhnKey(`${3 + random.below(6)}${random.digits(7)}`);
  return { siren, siret: withLuhnKey(`${siren}000${random.below(10)}`) };
}

function makeFiness(random: Random, commune: Commune): ActivityRecord {
  const department = commune.code.startsWith('97') ? `9${commune.code[2]}` : commune.code.slice(0, 2);
  const make = () => {
    const body = `${department}${random.digits(6)}`;
    return /^\d+$/.test(body) ? withLuhnKey(body) : `${body}${random.below(10)}`;
  };
  const [finessSite, finessLegalEntity] = [make(), make()];
  return { finessSite, finessLegalEntity, technicalId: `F${finessSite}`, formerId: `1${finessSite}` };
}

function makeAddress(random: Random, commune: Commune): ActivityRecord {
  const [streetTypeCode, streetTypeLabel] = random.weighted(streetTypes);
  return {
    houseNumber: String(1 + random.below(180)),
    repetitionIndex: random.chance(0.05) ? 'B' : '',
    streetTypeCode,
    streetTypeLabel,
    streetName: random.pick(streetNames),
    locationComplement: random.chance(0.08) ? 'RESIDENCE LES PINS' : '',
    distribution: random.chance(0.03) ? `BP ${1 + random.below(900)}` : '',
    cedex: `${commune.postalCode} ${commune.name.toUpperCase()}`,
    postalCode: commune.postalCode,
    ...(random.chance(0.95) ? { communeCode: commune.code, communeName: commune.name } : {}),
    ...(random.chance(0.6) ? { countryCode: '99000', countryName: 'FRANCE' } : {}),
  };
}

/** Beginnings of the numbers that Arcep keeps for fiction. */
const fictionalPrefixes = ['019900', '026191', '035301', '046571', '053649'];

const makePhone = (random: Random): string => random.pick(fictionalPrefixes) + random.digits(4);

/** A quarter of the rows has a telephone, few a mail address. */
function makeContact(random: Random): ActivityRecord {
  return {
    phone: random.chance(0.3) ? makePhone(random) : '',
    phone2: random.chance(0.02) ? makePhone(random) : '',
    fax: random.chance(0.08) ? makePhone(random) : '',
    email: random.chance(0.05) ? `accueil.${random.digits(6)}@cabinet.example` : '',
  };
}
