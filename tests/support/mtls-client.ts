import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TestServer } from './start-test-server.ts';

/** A certificate with its key, PEM; none where absent. */
export interface ClientCertificate {
  certificatePem: string;
  privateKeyPem: string;
}

export interface MtlsAnswer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
  body: Record<string, unknown>;
}

/** A request to the listener for organisation certificates, over a connection of its own. */
export async function askMtls(
  { urls }: TestServer,
  path: string,
  asked: {
    certificate?: ClientCertificate | undefined;
    form?: Record<string, string>;
    headers?: Record<string, string>;
  } = {},
): Promise<MtlsAnswer> {
  const { certificate, form, headers = {} } = asked;
  const body = form && new URLSearchParams(form).toString();
  const req = request(new URL(path, urls.mtls), {
    method: body === undefined ? 'GET' : 'POST',
    ...(certificate ? { cert: certificate.certificatePem, key: certificate.privateKeyPem } : {}),
    // The sandbox's own authority: what is under test is the certificate of the client.
    rejectUnauthorized: false,
    agent: false,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
  });
  req.end(body);
  const [res] = await once(req, 'response');
  const answer = await text(res);
  const isJson = String(res.headers['content-type']).includes('json');
  return {
    status: res.statusCode ?? 0,
    headers: res.headers,
    text: answer,
    body: isJson ? JSON.parse(answer) : {},
  };
}
