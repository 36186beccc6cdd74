import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { NodeHandler } from '#platform/http/create-site.ts';
import { nameRoute } from '#platform/http/log-requests.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { Logger } from '#platform/logger.ts';
import { routes } from '../configuration.ts';
import { createLibraryEntry, protocolPaths, refuseMethod, serverError } from '../hosts.ts';
import { readCertificate, type VerifyOrganization } from './client-certificates.ts';

/** What clients call that authenticate by a certificate: `mtls_endpoint_aliases` of discovery (RFC 8705 section 5). */
export const mtlsEndpoints = {
  token_endpoint: routes.token,
  userinfo_endpoint: routes.userinfo,
  introspection_endpoint: routes.introspection,
  revocation_endpoint: routes.revocation,
  pushed_authorization_request_endpoint: routes.pushed_authorization_request,
  backchannel_authentication_endpoint: routes.backchannel_authentication,
} as const;

const served = new Set<string>(Object.values(mtlsEndpoints));

export interface MtlsHandlerOptions {
  provider: Provider;
  verify: VerifyOrganization;
  logger: Logger;
}

/** The listener for organisation certificates: the same provider, whose clients have shown one. */
export function createMtlsHandler({ provider, verify, logger }: MtlsHandlerOptions): NodeHandler {
  const entry = createLibraryEntry(provider);
  return (req, res) => {
    const local = entry.findLocal(req);
    const methods = local && served.has(local.path) ? protocolPaths.get(local.path) : undefined;
    if (!local || !methods) return false;
    nameRoute(req, local.path);
    if (!methods.includes(req.method ?? '')) refuseMethod(res, methods);
    else
      readCertificate(req, verify).then(
        () => entry.answer(req, res, local),
        (error: unknown) => answerFailure(req, res, error, logger),
      );
    return true;
  };
}

function answerFailure(req: IncomingMessage, res: ServerResponse, error: unknown, logger: Logger): void {
  const reference = referenceOf(req);
  logger.error({ reference, err: error }, 'a client certificate could not be judged');
  res.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(serverError(reference)));
}
