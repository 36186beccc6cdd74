const minuteMs = 60_000;

/** From the last time that the session which a ticket names opened it. */
export const ticketLifetimeMs = 30 * minuteMs;
/** A card that was read longer ago is asked for again before it vouches for a phone. */
export const cardFreshnessMs = 5 * minuteMs;
/** Without scripts a page that waits is read again so often, in seconds; one that shows a code stands still longer. */
export const refreshSeconds = { page: 5, code: 10 } as const;
/** The code of a card lives 90 s: a script draws the next one while there is time left to use the present one. */
export const redrawSeconds = 60;
