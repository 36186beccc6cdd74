import { createHash } from 'node:crypto';
import type { HandedCredential } from '#authenticator';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { randomLabel } from '#platform/ids.ts';
import type { SandboxTables } from '../migrations.ts';
import { findPersona, type Persona } from '../personas.ts';
import type { PhoneAuthority } from '../ports.ts';
import { findEcps } from './ecps-state.ts';
import { credentialOf } from './persona-credential.ts';
import type { SeedPhones } from './seed-phones.ts';

/** The phones that the sandbox gives to whoever plays a persona; each has a credential of its own. */
export interface PersonaPhones {
  /** For the app, which redeems it once; undefined for a persona without e-CPS. */
  issueToken(persona: Persona): Promise<string | undefined>;
  /** Undefined for a token that is unknown, used or too old, or where there is no e-CPS any more. */
  redeemToken(token: string): Promise<HandedCredential | undefined>;
  /** A phone with her e-CPS, without asking the others that she may have; undefined where she has none that works. */
  take(persona: Persona): Promise<HandedCredential | undefined>;
}

export interface PersonaPhonesDependencies {
  database: Database;
  clock: Clock;
  authenticator: PhoneAuthority;
  seedPhones: Pick<SeedPhones, 'take'>;
}

/** Time to load the app. */
const tokenLifetimeMs = 600_000;

export function createPersonaPhones(dependencies: PersonaPhonesDependencies): PersonaPhones {
  const { database, clock, authenticator, seedPhones } = dependencies;

  async function take(persona: Persona): Promise<HandedCredential | undefined> {
    const { status, nationalId } = await findEcps(authenticator, persona);
    if (!nationalId) return undefined;
    const fromSeed = await seedPhones.take(persona, nationalId);
    if (fromSeed || status === 'expired') return fromSeed;
    return authenticator.sandbox.createCredential(credentialOf(persona, nationalId));
  }

  return {
    take,
    async issueToken(persona) {
      const { status } = await findEcps(authenticator, persona);
      if (status === 'none') return undefined;
      const token = randomLabel();
      const row = {
        token_hash: hash(token),
        persona: persona.slug,
        expires_at: clock.now() + tokenLifetimeMs,
      };
      await database.write(async (unit) => {
        const db = unit.as<SandboxTables>();
        await db.deleteFrom('sandbox_hand_over').where('expires_at', '<=', clock.now()).execute();
        await db.insertInto('sandbox_hand_over').values(row).execute();
      });
      return token;
    },
    async redeemToken(token) {
      const row = await database.write((unit) =>
        unit
          .as<SandboxTables>()
          .deleteFrom('sandbox_hand_over')
          .where('token_hash', '=', hash(token))
          .where('expires_at', '>', clock.now())
          .returning('persona')
          .executeTakeFirst(),
      );
      const persona = row && findPersona(row.persona);
      return persona && take(persona);
    },
  };
}

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');
