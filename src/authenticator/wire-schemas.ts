import { z } from 'zod';
import type {
  ActivationRequest,
  ApprovalRequest,
  BlindedRequest,
  CodeRequest,
  CredentialRequest,
  EnrolmentRequest,
  EvaluationRequest,
  ProofPayload,
  PublicKeyJwk,
  RefusalRequest,
} from './wire.ts';

/** 32 bytes, base64url. */
const coordinate = z.string().regex(/^[\w-]{43}$/);
/** 33 bytes, base64url. */
const point = z.string().regex(/^[\w-]{44}$/);
const digest = coordinate;
const id = z.string().regex(/^[a-z]{3}_[a-z2-7]{32}$/);
const jws = z.string().max(4096);

/** Strips everything but the public half. */
export const publicKeyJwk: z.ZodType<PublicKeyJwk> = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});

export const proofPayload: z.ZodType<ProofPayload> = z.object({
  htm: z.string(),
  htu: z.string(),
  bth: z.string(),
  nonce: z.string(),
  jti: z.string().min(16).max(64),
});

export const enrolmentRequest: z.ZodType<EnrolmentRequest> = z.object({
  rpps: z.string().regex(/^\d{11}$/),
  deviceKey: publicKeyJwk,
  locale: z.enum(['fr', 'en']),
});

export const activationRequest: z.ZodType<ActivationRequest> = z.object({
  token: z.string().max(200),
  deviceKey: publicKeyJwk,
});

export const codeRequest: z.ZodType<CodeRequest> = z.object({ code: z.string().regex(/^\d{6}$/) });

export const blindedRequest: z.ZodType<BlindedRequest> = z.object({ blinded: point });

export const credentialRequest: z.ZodType<CredentialRequest> = z.object({ authKey: publicKeyJwk, jws });

export const evaluationRequest: z.ZodType<EvaluationRequest> = z.object({
  credentialId: id,
  blinded: point,
  fingerprint: digest,
});

export const approvalRequest: z.ZodType<ApprovalRequest> = z.object({ credentialId: id, jws });

export const refusalRequest: z.ZodType<RefusalRequest> = z.object({
  credentialId: id,
  reason: z.enum(['refused', 'not_me']),
});
