import { defineMessages } from '#platform/html/messages.ts';
import type { TrailEvent } from '../ports.ts';

type Details = TrailEvent['details'];

const grounds = {
  fr: {
    card: 'par carte, aussitôt',
    ecps: 'par e-CPS, les deux codes recopiés',
    file: 'par un fichier de l’Ordre',
  },
  en: { card: 'by card, at once', ecps: 'by e-CPS, both codes copied', file: 'by a file of the Order' },
};

/** Who did what, for the contact details. */
export const contactEventMessages = defineMessages({
  fr: {
    'directory.contact_changed': {
      who: 'coordonnées',
      what: ({ under }: Details): string =>
        `changées ${grounds.fr[under as keyof typeof grounds.fr] ?? ''}, ancienne et nouvelle adresse averties`,
    },
    'directory.contact_codes_sent': { who: 'coordonnées', what: 'un code par mail, un autre par SMS' },
    'directory.contact_code_failed': { who: 'coordonnées', what: 'code faux' },
    'directory.contact_confirmed': { who: 'annuaire', what: 'coordonnées vérifiées par une activation' },
    'directory.contact_withdrawn': { who: 'coordonnées', what: 'retirées : ce n’est pas moi' },
    'directory.contact_requested': {
      who: 'coordonnées → Ordre',
      what: ({ reference }: Details): string => `demande ${reference} dans la file`,
    },
    'directory.contact_accepted': {
      who: 'Ordre → annuaire',
      what: ({ reference }: Details): string => `demande ${reference} acceptée, coordonnées changées`,
    },
    'directory.contact_refused': {
      who: 'Ordre',
      what: ({ reference }: Details): string => `demande ${reference} refusée`,
    },
    'directory.contacts_imported': {
      who: 'Ordre → annuaire',
      what: ({ created, changed, skipped }: Details): string =>
        `fichier de coordonnées lu : ${created} nouvelles, ${changed} changées, ${skipped} lignes écartées`,
    },
    'directory.link_used': { who: 'annuaire', what: 'le lien ADELI → RPPS sert, et c’est annoncé' },
  },
  en: {
    'directory.contact_changed': {
      who: 'contact details',
      what: ({ under }: Details): string =>
        `changed ${grounds.en[under as keyof typeof grounds.en] ?? ''}, old and new address told`,
    },
    'directory.contact_codes_sent': { who: 'contact details', what: 'one code by mail, another by SMS' },
    'directory.contact_code_failed': { who: 'contact details', what: 'wrong code' },
    'directory.contact_confirmed': { who: 'directory', what: 'contact details verified by an activation' },
    'directory.contact_withdrawn': { who: 'contact details', what: 'withdrawn: this was not me' },
    'directory.contact_requested': {
      who: 'contact details → Order',
      what: ({ reference }: Details): string => `request ${reference} is in the queue`,
    },
    'directory.contact_accepted': {
      who: 'Order → directory',
      what: ({ reference }: Details): string => `request ${reference} accepted, contact details changed`,
    },
    'directory.contact_refused': {
      who: 'Order',
      what: ({ reference }: Details): string => `request ${reference} refused`,
    },
    'directory.contacts_imported': {
      who: 'Order → directory',
      what: ({ created, changed, skipped }: Details): string =>
        `file of contact details read: ${created} new, ${changed} changed, ${skipped} lines left out`,
    },
    'directory.link_used': { who: 'directory', what: 'the ADELI → RPPS link is used, and announced' },
  },
});
