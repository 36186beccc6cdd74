import { button, emptyState } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { assetUrl } from '#platform/http/assets.ts';
import { findPersona } from '../personas.ts';
import type { EcpsState } from '../phone/ecps-state.ts';
import { phonePassword } from '../phone/persona-credential.ts';
import type { ShownPhone } from '../phone/phone-door.ts';
import type { Slot } from '../reader/card-slot.ts';
import type { HomeTexts } from './messages.ts';

export interface PhoneColumn {
  /** Undefined while the phone is off. */
  phone: ShownPhone | undefined;
  slot: Slot | undefined;
  /** Of the slot's persona. */
  ecps: EcpsState | undefined;
}

/**
 * "Son téléphone": a frame that runs the real app. It stands outside the live parts, which would load it again;
 * the script loads it again after a reset.
 */
export function renderPhone(texts: HomeTexts, { phone, slot, ecps }: PhoneColumn): Html {
  return html`<div class="phone">${phone ? frame(texts, phone) : off(texts)}</div>
<div class="home-phone-state"><div data-live id="telephone-etat">${phone && html`<p class="note">${ownerOf(texts, phone)}</p>`}${slot && ecps && html`<p class="note">${texts.ecps[ecps.status](phonePassword)}</p>`}</div>${phone && openers(texts, 'quiet')}</div>
<script type="module" src="${assetUrl('sandbox-phone.js')}"></script>`;
}

function frame(texts: HomeTexts, { address }: ShownPhone): Html {
  return html`<iframe title="${texts.phoneFrame}" name="telephone" src="${address}" allow="camera; clipboard-read; clipboard-write"></iframe>`;
}

function off(texts: HomeTexts): Html {
  return emptyState({ icon: 'smartphone', body: texts.phoneOff, action: openers(texts, 'secondary') });
}

function openers(texts: HomeTexts, kind: 'secondary' | 'quiet'): Html {
  return html`<div class="actions"><form method="post" action="/telephone" id="ouvrir-telephone">${button({ label: texts.openPhone, kind, icon: 'smartphone' })}</form>
<form method="post" action="/telephone/fenetre" target="_blank" rel="noopener">${button({ label: texts.openWindow, kind, icon: 'external-link' })}</form></div>`;
}

function ownerOf(texts: HomeTexts, { store }: ShownPhone): string {
  const owner = findPersona(store);
  return owner ? texts.phoneOf(`${owner.givenName} ${owner.familyName}`) : texts.phoneOfNobody;
}
