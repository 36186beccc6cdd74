import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { clientAddress } from '#platform/http/client-address.ts';
import { deviceText } from '#platform/http/device-text.ts';
import { problem } from '#platform/http/problem.ts';
import { setRetryAfter } from '#platform/http/retry-after.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { approve, refuse } from './approving/answer-approval.ts';
import { startPasswordChange } from './approving/change-password.ts';
import { evaluatePassword } from './approving/evaluate-password.ts';
import { watch } from './approving/watch.ts';
import { viewCredentials } from './credentials/credential-view.ts';
import { deactivate } from './credentials/end-credential.ts';
import { activate, evaluateForEnrolment } from './enrolling/activate.ts';
import { askConsentAgain } from './enrolling/ask-consent.ts';
import { cancelEnrolment } from './enrolling/cancel-enrolment.ts';
import { sendCode, tryCode } from './enrolling/confirm-code.ts';
import { viewEnrolment } from './enrolling/enrolment-view.ts';
import { redeemLink } from './enrolling/redeem-link.ts';
import { requestEnrolment, sendMailAgain } from './enrolling/request-enrolment.ts';
import { DetailedRefusal, errors } from './errors.ts';
import type { Nonces } from './nonces.ts';
import type { Caller, Parts } from './parts.ts';
import { endedRetentionMs } from './policy.ts';
import { createNonceGiver, type SignedCall, type VerifyProof } from './proof.ts';
import {
  activationRequest,
  approvalRequest,
  blindedRequest,
  codeRequest,
  credentialRequest,
  enrolmentRequest,
  evaluationRequest,
  refusalRequest,
} from './wire-schemas.ts';

export interface ApiDependencies {
  parts: Parts;
  verifyProof: VerifyProof;
  nonces: Nonces;
  /** Ends the long polls of a process that stops. */
  stopping: AbortSignal;
}

/** The app's API: every call is signed, so it asks for neither cookie nor origin. */
export function createApi({ parts, verifyProof, nonces, stopping }: ApiDependencies): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  api.use(createNonceGiver(nonces, parts.clock));
  const signed =
    (answer: (c: Context<AppEnv>, call: SignedCall) => Promise<Response>) =>
    async (c: Context<AppEnv>): Promise<Response> => {
      try {
        return await answer(c, await verifyProof(c));
      } catch (error) {
        if (error instanceof DetailedRefusal) return answerDetailed(c, error, parts.clock.now());
        throw error;
      }
    };
  const id = (c: Context<AppEnv>): string => c.req.param('id') ?? '';

  api.post(
    '/enrolments',
    signed(async (c, call) =>
      c.json(await requestEnrolment(parts, call, parse(enrolmentRequest, call), callerOf(c)), 202),
    ),
  );
  api.get(
    '/enrolments',
    signed(async (c, { thumbprint }) => {
      const own = await parts.enrolments.listOfDevice(thumbprint, parts.clock.now() - endedRetentionMs);
      return c.json(await Promise.all(own.map((enrolment) => viewEnrolment(parts, enrolment))));
    }),
  );
  api.delete(
    '/enrolments/:id',
    signed(async (c, call) => {
      await cancelEnrolment(parts, call, id(c));
      return c.body(null, 204);
    }),
  );
  api.post(
    '/enrolments/:id/mail',
    signed(async (c, call) => c.json(await sendMailAgain(parts, call, id(c), callerOf(c)))),
  );
  api.post(
    '/activations',
    signed(async (c, call) =>
      c.json(await redeemLink(parts, call, parse(activationRequest, call).token, callerOf(c))),
    ),
  );
  api.post(
    '/enrolments/:id/sms',
    signed(async (c, call) => c.json(await sendCode(parts, call, id(c)))),
  );
  api.post(
    '/enrolments/:id/code',
    signed(async (c, call) => c.json(await tryCode(parts, call, id(c), parse(codeRequest, call).code))),
  );
  api.post(
    '/enrolments/:id/consent',
    signed(async (c, call) => c.json(await askConsentAgain(parts, call, id(c)))),
  );
  api.post(
    '/enrolments/:id/evaluation',
    signed(async (c, call) => {
      const blinded = Buffer.from(parse(blindedRequest, call).blinded, 'base64url');
      return c.json(await evaluateForEnrolment(parts, call, id(c), blinded));
    }),
  );
  api.post(
    '/enrolments/:id/credential',
    signed(async (c, call) =>
      c.json(await activate(parts, call, id(c), parse(credentialRequest, call)), 201),
    ),
  );

  api.get(
    '/credentials',
    signed(async (c, { thumbprint }) =>
      c.json(await viewCredentials(parts, await parts.credentials.listOfDevice(thumbprint))),
    ),
  );
  api.delete(
    '/credentials/:id',
    signed(async (c, call) => c.json(await deactivate(parts, call, id(c)))),
  );
  api.post(
    '/credentials/:id/password-change',
    signed(async (c, call) => c.json(await startPasswordChange(parts, call, id(c)), 201)),
  );

  api.get(
    '/approvals',
    signed(async (c, { thumbprint }) => {
      const waitSeconds = Number(c.req.query('wait') ?? 0) || 0;
      const signal = AbortSignal.any([goneSignal(c), stopping]);
      return c.json(await watch(parts, { thumbprint, mark: c.req.query('mark'), waitSeconds, signal }));
    }),
  );
  api.post(
    '/approvals/:id/evaluation',
    signed(async (c, call) =>
      c.json(await evaluatePassword(parts, call, id(c), parse(evaluationRequest, call))),
    ),
  );
  api.post(
    '/approvals/:id/approval',
    signed(async (c, call) => c.json(await approve(parts, call, id(c), parse(approvalRequest, call)))),
  );
  api.post(
    '/approvals/:id/refusal',
    signed(async (c, call) => {
      await refuse(parts, call, id(c), parse(refusalRequest, call));
      return c.body(null, 204);
    }),
  );
  return api;
}

/** Throws `request.invalid` with the field at fault. */
function parse<Value>(schema: z.ZodType<Value>, { body }: SignedCall): Value {
  const { data, error } = schema.safeParse(body);
  if (error) throw errors('request.invalid', error.issues[0]?.path.join('.') || 'body');
  return data;
}

function answerDetailed(c: Context<AppEnv>, refusal: DetailedRefusal, now: number): Response {
  const { status, message, code, details } = refusal;
  if (details.retryAt !== undefined) setRetryAfter(c, details.retryAt, now);
  return problem(c, status, { title: message, code, ...details });
}

/** Aborted when the answer is sent, or the phone hangs up before; with a reason of its own, no error is made for it. */
function goneSignal(c: Context<AppEnv>): AbortSignal {
  const gone = new AbortController();
  c.env.outgoing.once('close', () => gone.abort('gone'));
  return gone.signal;
}

function callerOf(c: Context<AppEnv>): Caller {
  return {
    address: clientAddress(c),
    device: deviceText(c.req.header('user-agent')) ?? 'e-CPS',
    place: null,
  };
}
