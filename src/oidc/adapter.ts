import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import { createClientAdapter } from './clients/client-adapter.ts';
import type { ClientStore } from './clients/client-store.ts';
import { createClockShift } from './clock-shift.ts';
import { sessionOwner } from './identity-claims.ts';
import { endedRequestMs, type OidcPolicy, redeemedCodeMs } from './policy.ts';
import { hashId, type OidcRecord, type RecordStore, type StoredRecord } from './record-store.ts';
import type { UnitOfWork, Write } from './unit-of-work.ts';

export interface AdapterDependencies {
  store: RecordStore;
  work: UnitOfWork<AdapterPayload>;
  clock: Clock;
  policy: OidcPolicy;
  clients: ClientStore;
}

/** What is kept although it is out of time. */
const keptMs = (model: string) => (model === 'BackchannelAuthenticationRequest' ? endedRequestMs : 0);

/** A session that this request has written, by what its tokens tell of it. */
const sessionKey = (uid: string) => `Session uid:${uid}`;

/**
 * The library's storage: one table, one unit of work a request, ids hashed at rest. Grants are not stored: what a grant
 * gave names it, says what it is, and is gone when it is revoked.
 */
export function createAdapterFactory(dependencies: AdapterDependencies): AdapterFactory {
  const { store, work, clock } = dependencies;
  const shift = createClockShift(clock);
  const read = createReader(dependencies);

  return (model): Adapter => {
    if (model === 'Client') return createClientAdapter(dependencies);
    const key = (idHash: string) => `${model}:${idHash}`;
    const toRecord = (idHash: string, payload: AdapterPayload, expiresIn: number): OidcRecord => ({
      model,
      id_hash: idHash,
      payload: JSON.stringify(withoutSecrets(shift.toStored(payload))),
      grant_hash: grantHash(payload),
      session_uid: payload.sessionUid ?? (model === 'Session' ? (payload.uid ?? null) : null),
      consumed_at: null,
      expires_at:
        (payload.exp ? shift.toStoredMs(payload.exp) : clock.now() + expiresIn * 1000) + keptMs(model),
      subject: model === 'Session' ? ownerOf(payload) : null,
    });
    return {
      async upsert(id, payload, expiresIn = 0) {
        const idHash = hashId(id);
        work.remember(key(idHash), { ...payload, jti: id });
        if (model === 'Grant') return;
        if (model === 'Session' && payload.uid)
          work.remember(sessionKey(payload.uid), { ...payload, jti: id });
        const record = toRecord(idHash, payload, expiresIn);
        // A used client assertion comes back as a row that exists already (RFC 7523 section 3).
        const once = model === 'ReplayDetection';
        await work.write((unit) => (once ? store.createOnce(unit, record) : store.save(unit, record)));
        // Renewing its tokens keeps a session alive, as long as those live.
        if (model === 'RefreshToken' && payload.rotations && record.session_uid)
          await work.write(extendSession(store, record.session_uid, record.expires_at));
      },

      async find(id) {
        const idHash = hashId(id);
        const written = work.recall(key(idHash));
        if (written !== undefined || model === 'Grant') return written ?? undefined;
        const payload = read(model, await store.find(model, idHash, clock.now()));
        const grant = payload && work.isOpen() && grantHash(payload);
        if (grant) work.remember(`Grant:${grant}`, grantOf(payload));
        return payload && { ...payload, jti: id };
      },

      async findByUid(uid) {
        const written = work.recall(sessionKey(uid));
        return written ?? read(model, await store.findSession(uid, clock.now()));
      },

      async consume(id) {
        const idHash = hashId(id);
        const kept = model === 'AuthorizationCode' ? redeemedCodeMs : 0;
        await work.write((unit) => store.consume(unit, model, idHash, clock.now(), kept));
      },

      async destroy(id) {
        const idHash = hashId(id);
        work.remember(key(idHash), null);
        if (model === 'Grant') return;
        await work.write((unit) => store.delete(unit, model, idHash));
      },

      async revokeByGrantId(grantId) {
        await work.write((unit) => store.deleteByGrant(unit, model, hashId(grantId)));
      },

      /** Only the device flow asks, which is off. */
      async findByUserCode() {},
    };
  };
}

function extendSession(store: RecordStore, uid: string, expiresAt: number): Write {
  return (unit) => store.extendSession(unit, uid, expiresAt);
}

function createReader({ clock, policy }: AdapterDependencies) {
  const shift = createClockShift(clock);
  return (model: string, record: StoredRecord | undefined): AdapterPayload | undefined => {
    if (!record) return undefined;
    const consumed = record.consumed_at === null ? {} : { consumed: Math.floor(record.consumed_at / 1000) };
    // In PSC's profile a refresh token that was rotated is simply unknown: of two tabs that refresh at once, what
    // the first one got stays valid.
    if (model === 'RefreshToken' && record.consumed_at !== null && !policy.refreshReuseRevokes)
      return undefined;
    const payload = shift.fromStored(JSON.parse(record.payload) as AdapterPayload);
    return { ...payload, ...consumed, exp: shift.fromStoredMs(record.expires_at - keptMs(model)) };
  };
}

/** The grant that gave a code or token. An interaction names one too, but does not end with it. */
function grantHash({ grantId, sessionUid }: AdapterPayload): string | null {
  return grantId && sessionUid ? hashId(grantId) : null;
}

/** The grant as a code or token of it tells it: all that was asked for, while that code or token lives. */
function grantOf({
  grantId,
  iat,
  exp,
  accountId,
  clientId,
  scope,
  claims = {},
}: AdapterPayload): AdapterPayload {
  const names = Object.values(claims).flatMap((asked) => Object.keys(asked ?? {}));
  const openid = { scope, claims: names };
  return { kind: 'Grant', jti: grantId, iat, exp, accountId, clientId, openid };
}

function ownerOf({ verification }: AdapterPayload): string | null {
  return verification ? sessionOwner((verification as Verification).nationalId) : null;
}

/** The row's own id, and the session cookie that an interaction remembers but never reads. */
function withoutSecrets({ jti: _, ...payload }: AdapterPayload): AdapterPayload {
  if (!payload.session) return payload;
  const { cookie: __, ...session } = payload.session;
  return { ...payload, session };
}
