import { activationPath } from '#authenticator';
import { button } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { RepairAddress } from '../ports.ts';
import type { Home } from './home.ts';
import type { HomeTexts } from './messages.ts';

/**
 * QR codes on the computer's screen, which her phone opens here in place of a scan. One of the app alone is no longer
 * of use once the mail that it led to is there.
 */
export function renderAddresses(texts: HomeTexts, { addresses, mails }: Home, app: URL): Html {
  const link = new URL(activationPath, app).href;
  const mailedAt = Math.max(
    0,
    ...mails.filter(({ html: text }) => text.includes(link)).map((mail) => mail.sentAt),
  );
  const shown = addresses.filter(({ way, at }) => way === 'card' || at > mailedAt);
  return html`<div data-live id="qr-codes">${shown.map((address) => renderAddress(texts, address))}</div>`;
}

function renderAddress(texts: HomeTexts, { id, way, givenName, familyName }: RepairAddress): Html {
  const open = button({ label: texts.openOnPhone, kind: 'secondary', icon: 'smartphone' });
  return html`<div class="card"><p>${texts.onScreen[way](`${givenName} ${familyName}`)}</p>
<form class="actions" method="post" action="/telephone/reparation"><input type="hidden" name="reparation" value="${id}">${open}</form></div>`;
}
