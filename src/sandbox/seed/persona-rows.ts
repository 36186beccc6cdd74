import type { ActivityRecord } from '#directory';
import { formatIdNatPs, type NationalId, rpps } from '#national-id';
import { type Persona, personas, professions } from '../personas.ts';
import { type PlaceKey, type PlaceRecord, places } from './places.ts';

/** The activity rows of the sandbox's people in two successive extracts. */
export interface PersonaRows {
  yesterday: ActivityRecord[];
  today: ActivityRecord[];
}

/** To whom the correspondence file leads `infirmiere-homonyme` by mistake: a name close to hers. */
export const namesake = { rpps: '99700016571', civility: 'MME', familyName: 'Morel', givenName: 'Élodie' };

/**
 * The extract has no status and no closing date, so what ended is what yesterday's extract has and today's has not:
 * a person, or the place of a person who remains.
 */
export function personaRows(): PersonaRows {
  const rows = (day: 'yesterday' | 'today') => [
    ...personas.flatMap((persona) => rowsOf(persona, day)),
    namesakeRow(),
  ];
  return { yesterday: rows('yesterday'), today: rows('today') };
}

function rowsOf(persona: Persona, day: 'yesterday' | 'today'): ActivityRecord[] {
  const identity = identityOf(persona);
  if (!identity || (persona.struckOff && day === 'today')) return [];
  const keys = day === 'today' ? persona.places : [...persona.places, ...(persona.closedPlaces ?? [])];
  const activities = keys.map((key) => practiceAt(key, persona));
  return (activities.length > 0 ? activities : [withoutPlace(persona)]).map((activity) => ({
    ...identity,
    ...activity,
  }));
}

/** Who the record is about; nobody who holds an ADELI number alone is left in the national directory. */
function identityOf(persona: Persona): ActivityRecord | undefined {
  const nationalId = persona.rpps ? rpps(persona.rpps) : persona.nationalId;
  if (nationalId.kind === 'adeli') return undefined;
  return {
    ...identifierColumns(nationalId),
    ...civilityColumns(persona.gender === 'F' ? 'MME' : 'M'),
    familyName: persona.familyName,
    givenName: persona.givenName,
    ...professionColumns(persona),
  };
}

function identifierColumns(nationalId: NationalId): ActivityRecord {
  const idNatPs = formatIdNatPs(nationalId);
  return { identifierType: idNatPs.slice(0, 1), identifier: nationalId.value, idNatPs };
}

function civilityColumns(civility: string): ActivityRecord {
  return { civility, civilityLabel: civility === 'MME' ? 'Madame' : 'Monsieur' };
}

function professionColumns({ profession }: Persona): ActivityRecord {
  if (!profession) return {};
  const { code, label, authority } = professions[profession];
  const civil = { profession: code, professionLabel: label, category: 'C', categoryLabel: 'Civil' };
  return { ...civil, registrationAuthority: authority, ...(profession === 'doctor' ? generalMedicine : {}) };
}

const generalMedicine: ActivityRecord = {
  exerciseCivility: 'DR',
  exerciseCivilityLabel: 'Docteur',
  expertiseType: 'S',
  expertiseTypeLabel: 'Spécialité ordinale',
  expertise: 'SM54',
  expertiseLabel: 'Médecine générale',
};

const selfEmployed = { mode: 'L', modeLabel: 'Libéral, indépendant, artisan, commerçant' };
const care = { activityKind: 'GENR01', activityKindLabel: 'Activité standard de soin ou de pharmacien' };
const holder = { role: 'FON-01', roleLabel: 'Titulaire de cabinet' };
const pharmacyHolder = {
  role: 'FON-AU',
  roleLabel: 'Fonction non définie',
  pharmacistSection: 'A',
  pharmacistSectionLabel: 'Pharmaciens titulaires d’officine',
};
const locum: ActivityRecord = {
  ...selfEmployed,
  role: 'FON-22',
  roleLabel: 'Remplaçant, intérimaire, intermittent',
  activityKind: 'GENR02',
  activityKindLabel: 'Activité de soin ou de pharmacien en tant que remplaçant',
};

function practiceAt(key: PlaceKey, { profession }: Pick<Persona, 'profession'>): ActivityRecord {
  const role = profession === 'pharmacist' ? pharmacyHolder : holder;
  return { ...selfEmployed, ...role, ...care, ...placeColumns(places[key]) };
}

function withoutPlace(persona: Persona): ActivityRecord {
  return persona.locum ? locum : {};
}

function placeColumns(place: PlaceRecord): ActivityRecord {
  return {
    technicalId: place.technicalId,
    formerId: place.formerId,
    name: place.name,
    tradeName: place.tradeName ?? '',
    siret: place.siret ?? '',
    siren: place.siret?.slice(0, 9) ?? '',
    finessSite: place.finess ?? '',
    sector: place.sector.code,
    sectorLabel: place.sector.label,
    phone: place.phone,
    ...addressColumns(place),
  };
}

function addressColumns({ street, postalCode, commune }: PlaceRecord): ActivityRecord {
  return {
    houseNumber: street.number,
    streetTypeCode: street.typeCode,
    streetTypeLabel: street.type,
    streetName: street.name,
    cedex: `${postalCode} ${commune.name.toUpperCase()}`,
    postalCode,
    communeCode: commune.code,
    communeName: commune.name,
    countryCode: '99000',
    countryName: 'FRANCE',
  };
}

function namesakeRow(): ActivityRecord {
  const { familyName, givenName, civility } = namesake;
  const { code, label, authority } = professions.nurse;
  return {
    ...identifierColumns(rpps(namesake.rpps)),
    ...civilityColumns(civility),
    familyName,
    givenName,
    profession: code,
    professionLabel: label,
    category: 'C',
    categoryLabel: 'Civil',
    registrationAuthority: authority,
    ...practiceAt('guidel', { profession: 'nurse' }),
  };
}
