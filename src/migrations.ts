import * as audit from '#audit';
import * as authenticator from '#authenticator';
import * as directory from '#directory';
import * as oidc from '#oidc';
import type { Migration } from '#platform/database/migrations.ts';
import { jobMigrations, jobTables } from '#platform/jobs/job-migrations.ts';
import { outboxMigrations, outboxTables } from '#platform/outbox/outbox.ts';
import { rateLimitMigrations, rateLimitTables } from '#platform/rate-limit/rate-limiter.ts';
import * as relyingParty from '#relying-party';
import * as repair from '#repair';
import * as sandbox from '#sandbox';
import * as signIn from '#sign-in';
import * as smartCard from '#smart-card';
import { installationMigrations } from './verify-secrets.ts';

const modules = [audit, directory, authenticator, smartCard, repair, signIn, oidc, relyingParty, sandbox];

/** Every module's steps; a module's own follow each other. */
export const migrations: readonly Migration[] = [
  ...modules.flatMap((module) => module.migrations),
  ...jobMigrations,
  ...outboxMigrations,
  ...rateLimitMigrations,
  ...installationMigrations,
];

/** The tables that hold what people and services have done since a sandbox's seed. */
export const resetTables: readonly string[] = [
  ...modules.flatMap((module) => module.resetTables),
  ...jobTables,
  ...outboxTables,
  ...rateLimitTables,
];
