import { formatIdNatPs, rpps } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import { createDirectoryEvents } from '../events.ts';
import { createLinkStore } from '../links/link-store.ts';
import { createImportAnnouncer } from './announce-import.ts';
import { type CardChange, saveUnderCard } from './card-change.ts';
import { createChangeStore } from './change-store.ts';
import { createContactCodes } from './contact-codes.ts';
import { createContactEvents } from './contact-events.ts';
import { createContactHistory, type HistoryEntry } from './contact-history.ts';
import { type ContactParts, findHolder, type Refusal } from './contact-parts.ts';
import { createContactStore } from './contact-store.ts';
import { type DisputedChange, findDisputed, withdrawDisputed } from './dispute.ts';
import { createDisputeLinks } from './dispute-links.ts';
import {
  type AwaitedCodes,
  type ConfirmAnswer,
  confirmUnderEcps,
  type EcpsChange,
  findAwaitedCodes,
  type OwnChange,
  sendCodesAgain,
  startUnderEcps,
  type TypedCodes,
} from './ecps-change.ts';
import {
  type ContactImportOptions,
  type ContactImportReport,
  type ContactTelling,
  createContactImport,
  createContactTelling,
} from './import-contacts.ts';
import { maskEmail, maskPhone } from './mask.ts';
import { createContactMessages } from './messages/contact-jobs.ts';
import { historyLifetimeMs } from './policy.ts';
import { createRequestStore, type DecidedRequest } from './request-store.ts';
import {
  acceptRequest,
  type Decider,
  type Decision,
  listDecided,
  listReview,
  type Refused,
  type ReviewItem,
  refuseRequest,
  requestReview,
  type TypedRequest,
} from './review.ts';

/** What the page shows of an active record. */
export interface KnownContacts {
  /** `c•••@laposte.net` */
  maskedEmail: string | null;
  /** `06 •• •• •• 42` */
  maskedPhone: string | null;
  verified: boolean;
}

/** The three ways to change contact details, and the Order's review of those that need one. */
export interface ContactDesk {
  /** `undefined` for a number under which nobody is active. */
  find(rpps: string): Promise<KnownContacts | undefined>;
  saveUnderCard(change: CardChange): Promise<{ outcome: 'saved' } | Refusal>;
  startUnderEcps(change: EcpsChange): Promise<{ outcome: 'codes_sent'; changeId: string } | Refusal>;
  findAwaitedCodes(own: Omit<OwnChange, 'locale'>): Promise<AwaitedCodes | undefined>;
  sendCodesAgain(own: OwnChange): ReturnType<typeof sendCodesAgain>;
  confirmUnderEcps(own: OwnChange, typed: TypedCodes): Promise<ConfirmAnswer>;
  requestReview(request: TypedRequest): ReturnType<typeof requestReview>;
  /** The change that the token of a notice is about; `undefined` where it counts no longer. */
  findDisputed(token: string): Promise<DisputedChange | undefined>;
  /** **Ce n'est pas moi**: withdraws that change, once. */
  withdrawDisputed(token: string, locale: Locale): Promise<boolean>;
  /** Undecided, oldest first. */
  listReview(): Promise<ReviewItem[]>;
  /** What was decided last, newest first; with `id` that one alone. */
  listDecided(id?: string): Promise<DecidedRequest[]>;
  accept(id: string, by?: Decider): Promise<Decision>;
  refuse(id: string, refused?: Refused): Promise<Decision>;
  /** What happened to somebody's details, newest first. */
  listHistory(rpps: string): Promise<HistoryEntry[]>;
  /** A file of an Order. Throws `ExtractError` where it cannot be read. */
  importFile(path: string, options?: ContactImportOptions): Promise<ContactImportReport>;
  /** What the national extract tells. */
  tell: ContactTelling;
  /** Forgets addresses and mobiles that wait for nothing any more. */
  sweep(): Promise<void>;
}

export interface ContactDeskDependencies extends Pick<ContactParts, 'directory'> {
  database: Database;
  clock: Clock;
  events: EventReporter;
  jobs: Jobs;
  limiter: RateLimiter;
  /** 32 bytes, base64url: codes at rest are HMACs under it. */
  hmacKey: string;
}

export function createContactDesk(dependencies: ContactDeskDependencies): ContactDesk {
  const parts = createParts(dependencies);
  return {
    async find(number) {
      if (!(await findHolder(parts, number))) return undefined;
      const known = await parts.contacts.find(formatIdNatPs(rpps(number)));
      return {
        maskedEmail: known?.email ? maskEmail(known.email) : null,
        maskedPhone: known?.phone ? maskPhone(known.phone) : null,
        verified: known?.verified ?? false,
      };
    },
    saveUnderCard: (change) => saveUnderCard(parts, change),
    startUnderEcps: (change) => startUnderEcps(parts, change),
    findAwaitedCodes: (own) => findAwaitedCodes(parts, own),
    sendCodesAgain: (own) => sendCodesAgain(parts, own),
    confirmUnderEcps: (own, typed) => confirmUnderEcps(parts, own, typed),
    requestReview: (request) => requestReview(parts, request),
    findDisputed: (token) => findDisputed(parts, token),
    withdrawDisputed: (token, locale) => withdrawDisputed(parts, token, locale),
    listReview: () => listReview(parts),
    listDecided: (id) => listDecided(parts, id),
    accept: (id, by) => acceptRequest(parts, id, by),
    refuse: (id, refused) => refuseRequest(parts, id, refused),
    listHistory: (number) => parts.history.list(formatIdNatPs(rpps(number))),
    importFile: createContactImport({ ...parts, announcer: createImportAnnouncer(parts) }),
    tell: createContactTelling({ ...parts, announcer: createImportAnnouncer(parts) }),
    sweep: () =>
      parts.database.write(async (unit) => {
        const now = parts.clock.now();
        await parts.changes.sweep(unit, now);
        await parts.requests.sweep(unit, now);
        await parts.history.sweep(unit, now - historyLifetimeMs);
      }),
  };
}

function createParts(dependencies: ContactDeskDependencies): ContactParts {
  const { database, clock, directory, limiter } = dependencies;
  return {
    database,
    clock,
    directory,
    limiter,
    events: {
      ...createContactEvents(dependencies.events),
      linkUsed: createDirectoryEvents(dependencies.events).linkUsed,
    },
    contacts: createContactStore(database),
    history: createContactHistory(database),
    links: createLinkStore(database),
    changes: createChangeStore(database),
    requests: createRequestStore(database),
    codes: createContactCodes(dependencies.hmacKey),
    disputes: createDisputeLinks(dependencies.hmacKey),
    messages: createContactMessages(dependencies.jobs),
  };
}
