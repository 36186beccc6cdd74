import {
  nonceHeader,
  nowHeader,
  type ProofPayload,
  proofHeader,
  type WireErrorCode,
  type WireProblem,
} from '../wire.ts';
import { sha256, toBase64Url, utf8 } from './base64url.ts';
import type { DeviceKey } from './device-key.ts';
import { signJws } from './jws.ts';

/** The server refused a call. */
export class CallRefused extends Error {
  override name = 'CallRefused';
  readonly status: number;
  /** `unknown` where the answer is not one of ours, such as a proxy's. */
  readonly code: WireErrorCode | 'unknown';
  readonly field: string | undefined;
  /** Instant by the server's clock, milliseconds. */
  readonly retryAt: number | undefined;
  readonly triesLeft: number | undefined;
  /** Of a failure of the server: what its log knows it by. */
  readonly reference: string | undefined;

  constructor(status: number, problem: Partial<WireProblem>) {
    super(problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.field = problem.field;
    this.retryAt = problem.retryAt;
    this.triesLeft = problem.triesLeft;
    this.reference = problem.reference;
  }
}

export interface CallOptions {
  body?: object;
  signal?: AbortSignal;
}

export interface SignedCallsOptions {
  /** Origin of the app as the server knows it. */
  baseUrl: string | URL;
  device: DeviceKey;
  fetch?: typeof fetch;
}

export type SignedCalls = ReturnType<typeof createSignedCalls>;

/** Calls signed by K_dev, each over method, address, body and the server's last nonce. */
export function createSignedCalls({ baseUrl, device, fetch: send = fetch }: SignedCallsOptions) {
  let nonce = '';
  let aheadMs = 0;

  async function prove(method: string, url: string, body: string): Promise<string> {
    const payload: ProofPayload = {
      htm: method,
      htu: url,
      bth: toBase64Url(await sha256(utf8(body))),
      nonce,
      jti: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    };
    return signJws(device.privateKey, { typ: 'ecps-proof+jwt', kid: device.thumbprint }, payload);
  }

  async function callOnce(method: string, path: string, { body, signal }: CallOptions): Promise<unknown> {
    const url = new URL(path, baseUrl).href;
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { [proofHeader]: await prove(method, url, text), accept: 'application/json' };
    const response = await send(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: text }),
      ...(signal ? { signal } : {}),
    });
    nonce = response.headers.get(nonceHeader) ?? nonce;
    const now = Number(response.headers.get(nowHeader));
    if (now > 0) aheadMs = now - Date.now();
    return readAnswer(response);
  }

  return {
    device,
    /** The present instant by the server's clock, as far as it is known. */
    now: () => Date.now() + aheadMs,
    /** Throws `CallRefused`, or what `fetch` throws without a network. A stale nonce is met once, unseen. */
    async call<Answer>(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
      try {
        return (await callOnce(method, path, options)) as Answer;
      } catch (error) {
        if (!(error instanceof CallRefused) || error.code !== 'proof.nonce') throw error;
        return (await callOnce(method, path, options)) as Answer;
      }
    },
  };
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw new CallRefused(response.status, parseProblem(text));
}

function parseProblem(text: string): Partial<WireProblem> {
  try {
    return JSON.parse(text) as Partial<WireProblem>;
  } catch {
    return {};
  }
}
