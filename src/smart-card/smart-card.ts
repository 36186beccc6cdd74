import type { RequestListener } from 'node:http';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { Site } from '#platform/http/site.ts';
import { randomLabel } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { createAnswerAttempt } from './answer-attempt.ts';
import {
  createCardAttemptStore,
  type FailedAttempt,
  type Reader,
  type Redeemed,
} from './card-attempt-store.ts';
import { createCardListener } from './card-listener.ts';
import { createEvents } from './events.ts';
import { hashCode } from './one-time-code.ts';
import { attemptLifetimeMs, attemptRetentionMs } from './policy.ts';
import type { CrlSource } from './revocation.ts';
import { parseTrust } from './trust.ts';

export interface SmartCardDependencies {
  database: Database;
  clock: Clock;
  events: EventReporter;
  logger: Logger;
  /** The card listener as the outside sees it. */
  site: Site;
  /** PEM of the authorities that issue cards; intermediates that a client sends are not used. */
  trust: { roots: readonly string[]; intermediates: readonly string[] };
  crl: CrlSource;
  /** Addresses of the readers, each with `{attempt}` (that of `own` begins with it: a host name an attempt) and perhaps `{locale}`. */
  templates: Record<Reader, string>;
  /** Where sign-ins go on: `<wallet>/connexion/{signInId}/carte/retour?code=…`. */
  walletUrl: URL;
  /** The path on wallet in place of that, for attempts that are made for something else than a sign-in. */
  findReturnPath?: (attemptFor: string) => string | undefined;
}

export interface SmartCard {
  /** Opens an attempt to read a card for a sign-in; `url` is where the browser goes. It lives ten minutes. */
  createAttempt(input: {
    signInId: string;
    reader: Reader;
    /** Of whoever goes there; French where absent. */
    locale?: Locale;
  }): Promise<{ id: string; url: string }>;
  /** Whether an attempt still waits for a card. */
  isAttemptOpen(id: string): Promise<boolean>;
  /**
   * Redeems the code that the card listener sent the browser back with: who was verified, or why not.
   * `undefined` for a code that is unknown, used, older than a minute, or made for another sign-in.
   */
  consumeCode(input: { signInId: string; code: string }): Promise<Redeemed | undefined>;
  /** The last failure that this sign-in's browser was told, and how many there were. */
  findFailure(signInId: string): Promise<(FailedAttempt & { tries: number }) | undefined>;
  /** Answers the card listener's requests, under `clientTlsOptions`. */
  listener: RequestListener;
}

export function createSmartCard(dependencies: SmartCardDependencies): SmartCard {
  const { database, clock, templates } = dependencies;
  const store = createCardAttemptStore(database);
  const events = createEvents(dependencies.events);
  return {
    async createAttempt({ signInId, reader, locale = 'fr' }) {
      const id = randomLabel();
      const now = clock.now();
      await database.write(async (unit) => {
        await store.deleteExpired(unit, now - attemptRetentionMs);
        await store.create(unit, {
          id,
          signInId,
          reader,
          createdAt: now,
          expiresAt: now + attemptLifetimeMs,
        });
        await events.attemptCreated(unit, reader);
      });
      return { id, url: templates[reader].replace('{attempt}', id).replace('{locale}', locale) };
    },
    isAttemptOpen: (id) => store.isOpen(id, clock.now()),
    consumeCode: ({ signInId, code }) =>
      database.write((unit) => store.consume(unit, { signInId, codeHash: hashCode(code), now: clock.now() })),
    async findFailure(signInId) {
      const [last, ...earlier] = await store.listFailures(signInId);
      return last && { ...last, tries: earlier.length + 1 };
    },
    listener: createCardListener({
      site: dependencies.site,
      ownHostTemplate: templates.own,
      unknownAttemptUrl: new URL('/connexion/carte/expiree', dependencies.walletUrl).href,
      answerAttempt: createAnswerAttempt({
        ...dependencies,
        store,
        events,
        trust: parseTrust(dependencies.trust),
      }),
      logger: dependencies.logger,
    }),
  };
}
