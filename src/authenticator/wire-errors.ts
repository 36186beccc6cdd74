/** `code` of every problem that the API answers; `retryAt` (an instant) stands in those that pass by themselves. */
export type WireErrorCode =
  /** 401: no proof, or not by the key and over the request that it came with. */
  | 'proof.invalid'
  /** 401: send again with the nonce of this answer. */
  | 'proof.nonce'
  /** 401: this very call was made before. */
  | 'proof.replayed'
  /** 401: the server knows no such device: what the app holds is gone. */
  | 'device.unknown'
  /** 400: `field` names what is wrong. */
  | 'request.invalid'
  /** 429, with `retryAt`. */
  | 'request.too_many'
  | 'enrolment.unknown'
  /** 409: not possible in this stage (a step was made in another tab): read the enrolment again. */
  | 'enrolment.wrong_stage'
  /** 410: it ended by time, by **Bloquer**, or by a refusal. */
  | 'enrolment.ended'
  /** 404: not an activation link, or nothing behind it. */
  | 'activation.unknown'
  /** 410: the link was used, or is older than it may be. */
  | 'activation.used'
  | 'activation.expired'
  /** 403: the link belongs to the phone that asked. */
  | 'activation.other_device'
  /** 400, with `triesLeft`. */
  | 'code.wrong'
  /** 410: too old, or tried five times: send another. */
  | 'code.dead'
  /** 404: nothing that this device may ask about. */
  | 'credential.unknown'
  /** 410: destroyed or deactivated. */
  | 'credential.gone'
  /** 409. */
  | 'credential.expired'
  | 'credential.frozen'
  /** 423, with `retryAt`. */
  | 'credential.locked'
  /** 500: what we keep is not what was pinned. Our fault, not counted. */
  | 'credential.damaged'
  | 'approval.unknown'
  /** 410: answered (here or on another phone), superseded, or out of time. */
  | 'approval.ended'
  /** 400: not the signature of K_auth over what is asked. */
  | 'signature.invalid';

/** RFC 9457 problem of the API. */
export interface WireProblem {
  status: number;
  title: string;
  code: WireErrorCode;
  field?: string;
  retryAt?: number;
  triesLeft?: number;
  /** Of a failure of ours: what the person reads to support, and the log has. */
  reference?: string;
}
