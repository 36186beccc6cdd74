import type { Secrets } from '#config';
import type { ClientRegistration } from '#oidc';
import { relyingPartyAddresses } from '#relying-party';

/** Our own sites at the provider: clients like any other. */
export const portalClientId = 'hygie-portal';
export const contactClientId = 'hygie-contact';

export function portalRegistration(portalUrl: URL, { portalClientSecret }: Secrets): ClientRegistration {
  return {
    ...siteRegistration(portalUrl),
    clientId: portalClientId,
    displayName: 'Mes lieux d’exercice',
    authentication: { method: 'client_secret_basic', secret: portalClientSecret },
    initiateLoginUri: relyingPartyAddresses(portalUrl).initiateLoginUri,
  };
}

/** Without an `initiate_login_uri`: a step on the way to a service, never the service that a repair leads back to. */
export function contactRegistration(directoryUrl: URL, { contactClientSecret }: Secrets): ClientRegistration {
  return {
    ...siteRegistration(directoryUrl),
    clientId: contactClientId,
    displayName: 'Coordonnées de correspondance',
    authentication: { method: 'client_secret_basic', secret: contactClientSecret },
  };
}

function siteRegistration(siteUrl: URL) {
  const addresses = relyingPartyAddresses(siteUrl);
  return {
    redirectUris: [addresses.redirectUri],
    postLogoutRedirectUris: [addresses.postLogoutRedirectUri],
    backchannelLogoutUri: addresses.backchannelLogoutUri,
  };
}
