import { AppError, defineErrors } from '#platform/errors.ts';
import type { WireErrorCode } from './wire.ts';

/** What the app is told; `docs/errors.md` lists the same for support. */
const definitions = {
  'proof.invalid': { status: 401, support: 'The call is not signed by the phone over this very request.' },
  'proof.nonce': { status: 401, support: 'The nonce of the call is missing or too old.' },
  'proof.replayed': { status: 401, support: 'This call was made before.' },
  'device.unknown': { status: 401, support: 'The phone is not known here.' },
  'request.invalid': { status: 400, support: 'A field of the request is missing or malformed.' },
  'request.too_many': { status: 429, support: 'Too many requests; a later one is answered.' },
  'enrolment.unknown': { status: 404, support: 'This phone has no such enrolment.' },
  'enrolment.wrong_stage': { status: 409, support: 'The enrolment is at another step.' },
  'enrolment.ended': { status: 410, support: 'The enrolment is over.' },
  'activation.unknown': { status: 404, support: 'The link is no activation link.' },
  'activation.used': { status: 410, support: 'The activation link was used.' },
  'activation.expired': { status: 410, support: 'The activation link is too old.' },
  'activation.other_device': { status: 403, support: 'The activation link belongs to the phone that asked.' },
  'code.wrong': { status: 400, support: 'The code is wrong.' },
  'code.dead': { status: 410, support: 'The code is too old or was tried too often.' },
  'credential.unknown': { status: 404, support: 'This phone has no such e-CPS.' },
  'credential.gone': { status: 410, support: 'The e-CPS does not exist any more.' },
  'credential.expired': { status: 409, support: 'The e-CPS has expired.' },
  'credential.frozen': { status: 409, support: 'The e-CPS is frozen.' },
  'credential.locked': { status: 423, support: 'The e-CPS is locked after wrong passwords.' },
  'credential.damaged': {
    status: 500,
    support: 'The server half of the e-CPS is not the one that was pinned.',
  },
  'approval.unknown': { status: 404, support: 'This phone is asked no such question.' },
  'approval.ended': { status: 410, support: 'The question was answered, or is out of time.' },
  'signature.invalid': {
    status: 400,
    support: 'The signature is not by the key of the e-CPS over what is asked.',
  },
} as const satisfies Record<WireErrorCode, { status: number; support: string }>;

export const errors = defineErrors(definitions);

/** A refusal that tells the app more: from when it may try again, or how many tries are left. */
export class DetailedRefusal extends AppError<WireErrorCode> {
  override name = 'DetailedRefusal';
  readonly details: { retryAt?: number; triesLeft?: number };

  constructor(code: WireErrorCode, details: { retryAt?: number; triesLeft?: number }) {
    super(code, definitions[code]);
    this.details = details;
  }
}
