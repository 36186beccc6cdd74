import type { Agent } from 'node:http';
import type { BenchPhone } from './bench-phone.ts';
import { type Browser, createBrowser, expectStatus, readRedirect } from './http-client.ts';
import { createServiceRequest, redeem, type SignInTarget } from './sign-in-client.ts';

/** The steps of one sign-in, each of some requests. */
export const signInSteps = ['authorization', 'pages', 'phone', 'tokens'] as const;
export type SignInStep = (typeof signInSteps)[number];

/** Begins a sign-in with a fresh cookie jar. */
export type BeginSignIn = () => Record<SignInStep, () => Promise<void>>;

/** A person with a phone, and a service to sign in to. */
export function createPhoneSignIn(agent: Agent, target: SignInTarget, phone: BenchPhone): BeginSignIn {
  return () => {
    const browse = createBrowser(agent);
    const asked = createServiceRequest(target);
    let at = asked.url;
    let number = 0;
    return {
      /** Up to where the provider sends the browser. */
      async authorization() {
        at = readRedirect(await browse(at), at);
      },
      /** Choice, identifier, number: what a sign-in whose card stands ready does not have. */
      async pages() {
        expectStatus(await browse(at), 200);
        const identifier = await press(browse, at, '/e-cps', {});
        expectStatus(await browse(identifier), 200);
        at = await press(browse, at, '/e-cps/demande', { identifiant: phone.identifier });
        number = readNumber(expectStatus(await browse(at), 200).body);
      },
      phone: () => phone.approve(number),
      /** The page that goes on, resume, token, userinfo. */
      async tokens() {
        const resume = readRedirect(await browse(at), at);
        await redeem(agent, target, asked, readRedirect(await browse(resume), resume));
      },
    };
  };
}

/** Sends the form of the sign-in's page that leads there; answers where it redirects to. */
async function press(browse: Browser, page: URL, path: string, fields: Record<string, string>): Promise<URL> {
  const url = new URL(`${page.pathname}${path}`, page);
  return readRedirect(await browse(url, { fields, origin: page.origin }), url);
}

function readNumber(html: string): number {
  const number = /data-testid="number"[^>]*>\s*(\d+)/.exec(html)?.[1];
  if (number === undefined) throw new Error('The page shows no number.');
  return Number(number);
}
