const secondMs = 1000;

/** From **Carte CPS** to the reader's answer: time to find the card, the reader and the code. */
export const attemptLifetimeMs = 10 * 60 * secondMs;

/** From the reader's answer to the wallet: the browser follows one redirect. */
export const codeLifetimeMs = 60 * secondMs;

/** 160 bits: nobody guesses a code in its lifetime. */
export const codeBytes = 20;

/** The wallet's page still knows the reader that failed for this long after the attempt's end. */
export const attemptRetentionMs = 60 * 60 * secondMs;
