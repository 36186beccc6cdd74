import { defineMessages, type Locale } from '#platform/html/messages.ts';
import type { CardFailure } from '#smart-card';
import type { TrailEvent } from '../ports.ts';

type Details = TrailEvent['details'];

const minutes = ({ advanceMs }: Details): number => Math.round(Number(advanceMs ?? 0) / 60_000);

/** Practitioners created and removed. */
const applied = ({ created, removed }: Details) => [Number(created ?? 0), Number(removed ?? 0)] as const;

/** The site that a person signs in to. */
const siteOf = {
  fr: ({ party }: Details): string => (party === 'directory' ? 'coordonnées' : 'portail'),
  en: ({ party }: Details): string => (party === 'directory' ? 'contact details' : 'portal'),
};

const cardFailures: Record<Locale, Record<CardFailure, string>> = {
  fr: {
    no_certificate: 'aucune carte lue',
    unknown_issuer: 'émetteur inconnu',
    not_yet_valid: 'pas encore valable',
    expired: 'arrivée à son terme',
    wrong_usage: 'ce certificat ne sert pas à se connecter',
    revoked: 'en opposition',
    revocation_unknown: 'liste de révocation indisponible',
  },
  en: {
    no_certificate: 'no card read',
    unknown_issuer: 'unknown issuer',
    not_yet_valid: 'not valid yet',
    expired: 'past its end',
    wrong_usage: 'this certificate is not for signing in',
    revoked: 'revoked',
    revocation_unknown: 'revocation list unavailable',
  },
};

/** Who did what, by the event's name. An event without words here shows its name. */
export const eventMessages = defineMessages({
  fr: {
    'directory.extract_applied': {
      who: 'annuaire',
      what: (details: Details) => {
        const [created, removed] = applied(details);
        return `extrait appliqué, ${created} fiches nouvelles, ${removed} disparues`;
      },
    },
    'directory.extract_waiting': {
      who: 'annuaire',
      what: 'extrait en attente : plus de 5 % changeraient, rien n’a été appliqué',
    },
    'directory.refreshed': { who: 'annuaire', what: 'import quotidien terminé' },
    'directory.key_added': { who: 'annuaire', what: 'clé de l’API créée' },
    'directory.key_revoked': { who: 'annuaire', what: 'clé de l’API révoquée' },
    'directory.link_read': {
      who: 'réparation → annuaire',
      what: (details: Details): string =>
        details.outcome === 'linked'
          ? 'le numéro ADELI mène à un numéro RPPS'
          : 'le numéro ADELI ne mène à aucun numéro RPPS sûr',
    },
    'repair.ticket_opened': { who: 'wallet', what: 'une réparation commence' },
    'sandbox.card_inserted': { who: 'lecteur', what: 'carte insérée' },
    'sandbox.card_revoked': { who: 'autorité', what: 'carte révoquée, liste de révocation publiée' },
    'sandbox.pin_refused': { who: 'lecteur', what: 'code porteur faux' },
    'sandbox.clock_advanced': {
      who: 'horloge',
      what: (details: Details) => `avancée de ${minutes(details)} min`,
    },
    'card.attempt_created': { who: 'wallet → lecteur', what: 'une carte est demandée' },
    'card.verified': { who: 'carte', what: 'chaîne, dates, usage et révocation vérifiés' },
    'card.refused': {
      who: 'carte',
      what: ({ code }: Details): string => `refusée : ${cardFailures.fr[String(code) as CardFailure]}`,
    },
    'oidc.signed_in': {
      who: 'wallet',
      what: ({ clientId, method }: Details) =>
        `connexion à ${clientId} par ${method === 'ecps' ? 'e-CPS' : 'carte'}`,
    },
    'oidc.code_issued': {
      who: 'wallet → service',
      what: (details: Details) => `code d’autorisation pour ${details.clientId}`,
    },
    'oidc.tokens_issued': {
      who: 'connect → service',
      what: (details: Details) => `jetons pour ${details.clientId}`,
    },
    'oidc.session_ended': { who: 'connect', what: 'session fermée, services prévenus' },
    'relying_party.signed_in': {
      who: (details: Details): string => `${siteOf.fr(details)} ← connect`,
      what: 'jetons reçus, session ouverte',
    },
    'relying_party.signed_out': { who: siteOf.fr, what: 'déconnexion' },
    'relying_party.ended_by_issuer': {
      who: (details: Details): string => `connect → ${siteOf.fr(details)}`,
      what: 'déconnexion par le fournisseur d’identité',
    },
  },
  en: {
    'directory.extract_applied': {
      who: 'directory',
      what: (details: Details) => {
        const [created, removed] = applied(details);
        return `extract applied, ${created} new records, ${removed} gone`;
      },
    },
    'directory.extract_waiting': {
      who: 'directory',
      what: 'extract waits: more than 5 % would change, nothing was applied',
    },
    'directory.refreshed': { who: 'directory', what: 'daily import ended' },
    'directory.key_added': { who: 'directory', what: 'API key made' },
    'directory.key_revoked': { who: 'directory', what: 'API key revoked' },
    'directory.link_read': {
      who: 'repair → directory',
      what: (details: Details): string =>
        details.outcome === 'linked'
          ? 'the ADELI number leads to an RPPS number'
          : 'the ADELI number leads to no RPPS number that is safe',
    },
    'repair.ticket_opened': { who: 'wallet', what: 'a repair begins' },
    'sandbox.card_inserted': { who: 'reader', what: 'card inserted' },
    'sandbox.card_revoked': { who: 'authority', what: 'card revoked, revocation list issued' },
    'sandbox.pin_refused': { who: 'reader', what: 'wrong PIN' },
    'sandbox.clock_advanced': {
      who: 'clock',
      what: (details: Details) => `advanced by ${minutes(details)} min`,
    },
    'card.attempt_created': { who: 'wallet → reader', what: 'a card is asked for' },
    'card.verified': { who: 'card', what: 'chain, dates, usage and revocation verified' },
    'card.refused': {
      who: 'card',
      what: ({ code }: Details): string => `refused: ${cardFailures.en[String(code) as CardFailure]}`,
    },
    'oidc.signed_in': {
      who: 'wallet',
      what: ({ clientId, method }: Details) =>
        `signed in to ${clientId} by ${method === 'ecps' ? 'e-CPS' : 'card'}`,
    },
    'oidc.code_issued': {
      who: 'wallet → service',
      what: (details: Details) => `authorization code for ${details.clientId}`,
    },
    'oidc.tokens_issued': {
      who: 'connect → service',
      what: (details: Details) => `tokens for ${details.clientId}`,
    },
    'oidc.session_ended': { who: 'connect', what: 'session closed, services told' },
    'relying_party.signed_in': {
      who: (details: Details): string => `${siteOf.en(details)} ← connect`,
      what: 'tokens received, session opened',
    },
    'relying_party.signed_out': { who: siteOf.en, what: 'signed out' },
    'relying_party.ended_by_issuer': {
      who: (details: Details): string => `connect → ${siteOf.en(details)}`,
      what: 'signed out by the identity provider',
    },
  },
});
