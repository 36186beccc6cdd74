import { type Authenticator, createAuthenticator, createMessages, type OpenRepairs } from '#authenticator';
import type { Secrets } from '#config';
import type { Directory } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import { createSessionEnds, type EndingSessions } from './create-session-ends.ts';
import type { Messaging } from './messaging.ts';

export interface AuthenticatorParts {
  database: Database;
  clock: Clock;
  events: EventReporter;
  secrets: Secrets;
  directory: Directory;
  messaging: Messaging;
  sessions: EndingSessions;
  repairs: OpenRepairs;
  appUrl: URL;
}

export interface BuiltAuthenticator {
  authenticator: Authenticator;
  /** The jobs by which its mails and messages leave. */
  jobHandlers: JobHandlers;
}

/** The phone authenticator with its messages, and the ends of sessions that a process which dies leaves behind. */
export function buildAuthenticator(parts: AuthenticatorParts): BuiltAuthenticator {
  const { jobs, mailSender, sms: smsSender } = parts.messaging;
  const { jobHandlers, ...messages } = createMessages({ ...parts, jobs, mailSender, smsSender });
  const ends = createSessionEnds({ ...parts, jobs });
  const given = { ...parts, messages, sessions: ends.sessions, keys: parts.secrets };
  return {
    authenticator: createAuthenticator(given),
    jobHandlers: { ...jobHandlers, ...ends.jobHandlers },
  };
}
