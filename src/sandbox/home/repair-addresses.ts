import { activationPath } from '#authenticator';
import { button } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Persona } from '../personas.ts';
import type { RepairAddress } from '../ports.ts';
import type { Home } from './home.ts';
import type { HomeTexts } from './messages.ts';

/**
 * The QR code on the computer's screen, which her phone opens here in place of a scan: the one shown last, of whoever
 * this browser is. One of the app alone is no longer of use once the mail that it led to is there.
 */
export function renderAddresses(texts: HomeTexts, home: Home, app: URL): Html {
  const { addresses, mails, slot } = home;
  const link = new URL(activationPath, app).href;
  const mailedAt = Math.max(
    0,
    ...mails.filter(({ html: text }) => text.includes(link)).map((mail) => mail.sentAt),
  );
  const [shown] = addresses
    .filter((address) => !slot || isOf(slot.persona, address))
    .filter(({ way, at }) => way === 'card' || at > mailedAt)
    .sort((a, b) => b.at - a.at);
  return html`<div data-live id="qr-code">${shown && renderAddress(texts, shown)}</div>`;
}

const isOf = ({ givenName, familyName }: Persona, address: RepairAddress): boolean =>
  address.givenName === givenName && address.familyName === familyName;

function renderAddress(texts: HomeTexts, { id, way, givenName, familyName }: RepairAddress): Html {
  const open = button({ label: texts.openOnPhone, kind: 'secondary', icon: 'smartphone' });
  return html`<div class="card"><p>${texts.onScreen[way](`${givenName} ${familyName}`)}</p>
<form class="actions" method="post" action="/telephone/reparation"><input type="hidden" name="reparation" value="${id}">${open}</form></div>`;
}
