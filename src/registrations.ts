import type { Secrets } from '#config';
import type { ClientRegistration } from '#oidc';
import { relyingPartyAddresses } from '#relying-party';

/** Our own sites at the provider: clients like any other. */
export const portalClientId = 'hygie-portal';
export const contactClientId = 'hygie-contact';
export const ownClientIds = [portalClientId, contactClientId];

/** Below connect's base URL: Keycloak's path of Pro Santé Connect's realm (pro-sante-connect.md 1.1). */
export const issuerPath = '/auth/realms/esante-wallet';

export function portalRegistration(portalUrl: URL, { portalClientSecret }: Secrets): ClientRegistration {
  return {
    ...siteRegistration(portalUrl),
    client_id: portalClientId,
    client_name: 'Mes lieux d’exercice',
    client_secret: portalClientSecret,
    initiate_login_uri: relyingPartyAddresses(portalUrl).initiateLoginUri,
  };
}

/** Without an `initiate_login_uri`: a step on the way to a service, never the service that a repair leads back to. */
export function contactRegistration(directoryUrl: URL, { contactClientSecret }: Secrets): ClientRegistration {
  return {
    ...siteRegistration(directoryUrl),
    client_id: contactClientId,
    client_name: 'Coordonnées de correspondance',
    client_secret: contactClientSecret,
  };
}

function siteRegistration(siteUrl: URL) {
  const addresses = relyingPartyAddresses(siteUrl);
  return {
    redirect_uris: [addresses.redirectUri],
    post_logout_redirect_uris: [addresses.postLogoutRedirectUri],
    backchannel_logout_uri: addresses.backchannelLogoutUri,
  };
}
