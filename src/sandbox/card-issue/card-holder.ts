import { isEmployee, type NationalId, sameNationalId } from '#national-id';
import { personas, professions } from '../personas.ts';
import type { CardRequest } from '../pki/index.ts';

export type CardHolder = Pick<CardRequest, 'givenName' | 'familyName' | 'profession'>;

/** What is asked of the directory: the names and the profession under a number. */
export interface HolderDirectory {
  findPractitioner(nationalId: NationalId): Promise<
    | {
        practitioner: {
          givenName: string | null;
          familyName: string | null;
          qualifications: readonly { profession: string; professionLabel: string | null }[];
        };
      }
    | undefined
  >;
}

/** Whose names a card with this number bears: a persona's, those of the directory, or invented ones. */
export async function findHolder(nationalId: NationalId, directory: HolderDirectory): Promise<CardHolder> {
  return (
    findPersona(nationalId) ?? (await findInDirectory(nationalId, directory)) ?? inventHolder(nationalId)
  );
}

function findPersona(nationalId: NationalId): CardHolder | undefined {
  const persona = personas.find((each) => sameNationalId(each.nationalId, nationalId));
  if (!persona) return undefined;
  const { givenName, familyName, profession } = persona;
  return { givenName, familyName, profession: profession && professions[profession] };
}

async function findInDirectory(
  nationalId: NationalId,
  directory: HolderDirectory,
): Promise<CardHolder | undefined> {
  const found = await directory.findPractitioner(nationalId);
  if (!found?.practitioner.givenName || !found.practitioner.familyName) return undefined;
  const { givenName, familyName, qualifications } = found.practitioner;
  const [first] = qualifications;
  return {
    givenName,
    familyName,
    profession: first ? { code: first.profession, label: first.professionLabel ?? first.profession } : null,
  };
}

/** Somebody whom nobody knows: a nurse, or an employee without a profession. */
const inventHolder = (nationalId: NationalId): CardHolder => ({
  givenName: 'Camille',
  familyName: 'CARTE DE TEST',
  profession: isEmployee(nationalId) ? null : { code: '60', label: 'Infirmier' },
});
