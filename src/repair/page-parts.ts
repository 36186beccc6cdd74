import type { Context } from 'hono';
import { formatIdNatPs, type Verification } from '#national-id';
import { button } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import { qrCode } from '#platform/html/qr-code.ts';
import { assetUrl } from '#platform/http/assets.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { wayMessages } from './way-messages.ts';

/** Wallet signs out by the provider's form. */
export function signedInAs({ nationalId, givenName, familyName }: Verification): SignedIn {
  const name = `${givenName} ${familyName}`;
  return { nationalId, idNatPs: formatIdNatPs(nationalId), name, signOutAction: '/deconnexion' };
}

export interface Address {
  href: string;
  /** Names the picture. */
  picture: string;
  /** Seconds after which a script draws it anew. */
  redrawSeconds?: number;
  /** What does the same without scripts. */
  redraw?: Html;
}

/** An address of the app as a QR code, to open and to copy; with scripts it is redrawn before it dies. */
export async function renderAddress(c: Context<AppEnv>, address: Address): Promise<Html> {
  const texts = wayMessages(c.var.locale);
  const copy = button({
    label: texts.copy,
    kind: 'secondary',
    name: 'copy',
    value: address.href,
    type: 'button',
  });
  const open = button({ label: texts.openHere, kind: 'secondary', icon: 'smartphone', href: address.href });
  const drawn = address.redrawSeconds;
  return html`<div class="shown"><div id="adresse"${drawn && html` data-redraw="${drawn}"`}>${await qrCode(address.href, address.picture)}
<div class="actions">${open}<span data-copy hidden>${copy}</span>${address.redraw && html`<noscript>${address.redraw}</noscript>`}</div></div>
<p role="status" class="note" id="copie" data-done="${texts.copied}"></p><script type="module" src="${assetUrl('shown-address.js')}"></script></div>`;
}
