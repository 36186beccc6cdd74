import type { Audit } from '#audit';
import type { Authenticator } from '#authenticator';
import type { Config, Secrets } from '#config';
import type { Directory } from '#directory';
import {
  createOidc,
  createPhoneApprovals,
  harden,
  type KeyRing,
  type Oidc,
  type OidcPolicy,
  pscPolicyOf,
  type StartingPoint,
} from '#oidc';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/logger.ts';
import { portalPaths } from '#portal';
import {
  type CardAuthority,
  conformancePath,
  createCibaDecisions,
  type Sandbox,
  standardClaims,
} from '#sandbox';
import { createCrlFiles, createOrganizationVerifier } from '#smart-card';
import { type BuiltRepair, buildBridging, buildRepair } from './build-repair.ts';
import type { Listeners } from './listeners.ts';
import type { Messaging } from './messaging.ts';
import { contactRegistration, issuerPath, portalRegistration } from './registrations.ts';

export interface ProviderParts {
  config: Config;
  secrets: Secrets;
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: Audit;
  ring: KeyRing;
  directory: Directory;
  authority: CardAuthority;
  listeners: Listeners;
  messaging: Messaging;
}

export interface BuiltProvider extends BuiltRepair {
  oidc: Oidc;
}

/** The provider of the sandbox, with the repair that its sessions lead to. */
export function buildProvider(
  parts: ProviderParts,
  sandbox: Sandbox,
  authenticator: Authenticator,
): BuiltProvider {
  const { secrets, directory, listeners, audit } = parts;
  const { bridging, jobHandlers: bridgingJobs } = buildBridging(parts);
  const oidc: Oidc = createOidc({
    ...parts,
    events: audit,
    issuer: issuerOf(listeners).href,
    walletUrl: listeners.sites.wallet.url,
    mtls: { url: listeners.sites.mtls.url, verify: createOrganizationVerifier(organizationTrust(parts)) },
    clients: [
      portalRegistration(listeners.sites.portal.url, secrets),
      contactRegistration(listeners.sites.directory.url, secrets),
      ...sandbox.registrations,
    ],
    cookieKeys: secrets.cookieKeys,
    subjectKey: secrets.hmacKey,
    claims: {
      findPractitioner: (nationalId) => directory.findPractitioner(nationalId),
      repairClaim: (verification, asked) => built.repair.claim(verification, asked),
    },
    start: startingPoint(listeners),
    allowLoopbackCalls: true,
    jobs: parts.messaging.jobs,
    policy: policyOf(parts.config, secrets),
    ...(parts.config.conformance ? { signInPath: conformancePath } : {}),
    backchannelApprovals: parts.config.conformance
      ? createCibaDecisions(parts).approvals
      : createPhoneApprovals({
          authenticator,
          isPractitioner: async (nationalId) => (await directory.findPractitioner(nationalId)) !== undefined,
        }),
    bridging,
    repairs: {
      endBySignIn: (unit, verification) => built.repair.endBySignIn(unit, verification),
      endBySession: (unit, uid) => built.repair.endBySession(unit, uid),
      endHeld: (c) => built.repair.endHeld(c),
    },
    signTokensWithVirtualTime: sandbox.tokensFollowClock,
  });
  const built = buildRepair(parts, oidc, authenticator);
  return { oidc, ...built, jobHandlers: { ...bridgingJobs, ...built.jobHandlers, ...oidc.jobHandlers } };
}

function policyOf({ profile, pscEra, conformance }: Config, { hmacKey }: Secrets): OidcPolicy {
  const policy = { ...pscPolicyOf(pscEra, hmacKey), ...(conformance ? { standardClaims } : {}) };
  return profile === 'hardened' ? harden(policy) : policy;
}

/** What vouches for the certificates of organisations. */
function organizationTrust({ authority: { organizations }, clock }: ProviderParts) {
  return { trust: organizations.trust, crl: createCrlFiles(organizations.crlFiles), clock };
}

export function issuerOf({ sites }: Pick<Listeners, 'sites'>): URL {
  return new URL(issuerPath, sites.connect.url);
}

/** Where somebody goes whose request led nowhere. */
export function startingPoint({ sites: { portal } }: Pick<Listeners, 'sites'>): StartingPoint {
  return { name: portal.title.fr, url: new URL(portalPaths.signIn, portal.url).href };
}
