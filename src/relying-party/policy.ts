/** A person may read the sign-in page for a while, look for a card, restart a reader. */
export const loginLifetimeMs = 30 * 60_000;

/** An application session does not outlive the provider's: at most 4 h (identification framework RIE, PGSSI-S). */
export const sessionLifetimeMs = 4 * 60 * 60_000;

/** …and at most 30 minutes without a request. */
export const sessionIdleMs = 30 * 60_000;

/** A request renews the idle time at most this often: a page view is not a write. */
export const touchIntervalMs = 60_000;

/** Tabs of one browser that may be signing in at once; an older one gives way. */
export const loginsPerBrowser = 5;

/** A logout token is sent when it is made; its replay row outlives this age and the leeway. */
export const logoutTokenMaxAgeSeconds = 300;
export const logoutTokenLeewaySeconds = 30;
export const logoutTokenKeptMs = 2 * (logoutTokenMaxAgeSeconds + logoutTokenLeewaySeconds) * 1000;

/** The person waits for these calls. */
export const issuerTimeoutSeconds = 10;
