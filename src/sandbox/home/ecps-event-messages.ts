import { defineMessages } from '#platform/html/messages.ts';
import type { TrailEvent } from '../ports.ts';

type Details = TrailEvent['details'];

const failures = ({ failures: count }: Details): number => Number(count ?? 0);
const byCard = ({ channel }: Details): boolean => channel === 'card';
const tries = (count: number): string => (count === 1 ? 'un essai' : `${count} essais de suite`);

/** Who did what, for the events of the e-CPS. */
export const ecpsEventMessages = defineMessages({
  fr: {
    'authenticator.enrolment_requested': {
      who: 'téléphone → e-CPS',
      what: (details: Details): string =>
        byCard(details) ? 'activation par carte, QR code affiché' : 'demande d’activation, mail en route',
    },
    'authenticator.link_redeemed': {
      who: 'téléphone → e-CPS',
      what: (details: Details): string =>
        byCard(details) ? 'QR code lu, carte déjà vérifiée' : 'lien du mail ouvert, signé par ce téléphone',
    },
    'authenticator.foreign_redeem': {
      who: 'e-CPS',
      what: 'lien refusé : il appartient à un autre téléphone',
    },
    'authenticator.code_sent': { who: 'e-CPS', what: 'code envoyé par SMS' },
    'authenticator.code_failed': { who: 'e-CPS', what: 'code SMS faux' },
    'authenticator.code_confirmed': { who: 'e-CPS', what: 'code SMS vérifié' },
    'authenticator.consent_asked': {
      who: 'e-CPS → autre téléphone',
      what: 'accord demandé pour une seconde activation',
    },
    'authenticator.enrolment_ended': {
      who: 'e-CPS',
      what: ({ reason }: Details): string =>
        ({
          blocked: 'activation bloquée : ce n’est pas moi',
          refused: 'activation refusée sur l’autre téléphone',
        })[String(reason)] ?? 'activation abandonnée ou expirée',
    },
    'authenticator.activated': {
      who: 'e-CPS',
      what: (details: Details): string =>
        byCard(details) ? 'e-CPS active, par carte' : 'e-CPS active, par mail et SMS',
    },
    'authenticator.approval_requested': {
      who: 'wallet → téléphone',
      what: ({ clientId }: Details) => `demande de connexion à ${clientId}`,
    },
    'authenticator.approved': {
      who: 'téléphone → e-CPS',
      what: ({ kind }: Details): string =>
        kind === 'activation' ? 'autre téléphone accepté, signé' : 'demande acceptée, signature vérifiée',
    },
    'authenticator.wrong_number': { who: 'téléphone → e-CPS', what: 'mauvais nombre : la demande s’arrête' },
    'authenticator.refused': {
      who: 'téléphone → e-CPS',
      what: ({ reason }: Details): string =>
        reason === 'not_me' ? 'refusée : ce n’est pas moi' : 'demande refusée',
    },
    'authenticator.browser_blocked': { who: 'e-CPS', what: 'ce navigateur est bloqué pour une heure' },
    'authenticator.password_failed': {
      who: 'téléphone → e-CPS',
      what: (details: Details) => `mot de passe faux, ${tries(failures(details))}`,
    },
    'authenticator.password_changed': { who: 'téléphone → e-CPS', what: 'mot de passe changé' },
    'authenticator.locked': {
      who: 'e-CPS',
      what: (details: Details) => `bloquée après ${failures(details)} mots de passe faux`,
    },
    'authenticator.key_mismatch': {
      who: 'e-CPS',
      what: 'clé du serveur différente : notre faute, non comptée',
    },
    'authenticator.destroyed': {
      who: 'e-CPS',
      what: ({ reason }: Details): string =>
        ({
          deactivated: 'e-CPS désactivée sur son téléphone',
          removed: 'e-CPS supprimée : mot de passe oublié',
          password: 'e-CPS supprimée : trop de mots de passe faux',
          activated_under_rpps: 'e-CPS sous ADELI supprimée : une autre est active sous RPPS',
        })[String(reason)] ?? 'e-CPS remplacée',
    },
    'authenticator.removal_asked': {
      who: 'wallet → e-CPS',
      what: 'mot de passe oublié : un identifiant tapé',
    },
    'authenticator.removal_codes_sent': {
      who: 'e-CPS',
      what: 'deux codes en route, si l’identifiant mène à quelqu’un',
    },
    'authenticator.removal_codes_failed': { who: 'e-CPS', what: 'code faux, rien n’est supprimé' },
    'authenticator.removal_card_refused': { who: 'e-CPS', what: 'cette carte ne supprime rien' },
    'authenticator.removal_proven': {
      who: 'wallet → e-CPS',
      what: ({ proof, linked }: Details): string => {
        if (proof !== 'card') return 'suppression prouvée par les deux codes';
        return linked
          ? 'suppression prouvée par la carte, par le lien ADELI'
          : 'suppression prouvée par la carte';
      },
    },
    'authenticator.deactivated': { who: 'téléphone → e-CPS', what: 'e-CPS désactivée' },
    'authenticator.frozen': { who: 'e-CPS', what: 'e-CPS suspendue : ce n’est pas moi' },
    'authenticator.thawed': { who: 'e-CPS', what: 'e-CPS rétablie' },
  },
  en: {
    'authenticator.enrolment_requested': {
      who: 'phone → e-CPS',
      what: (details: Details): string =>
        byCard(details) ? 'activation by card, QR code shown' : 'activation asked for, mail on its way',
    },
    'authenticator.link_redeemed': {
      who: 'phone → e-CPS',
      what: (details: Details): string =>
        byCard(details)
          ? 'QR code read, card verified before'
          : 'link of the mail opened, signed by this phone',
    },
    'authenticator.foreign_redeem': { who: 'e-CPS', what: 'link refused: it belongs to another phone' },
    'authenticator.code_sent': { who: 'e-CPS', what: 'code sent by text message' },
    'authenticator.code_failed': { who: 'e-CPS', what: 'wrong code' },
    'authenticator.code_confirmed': { who: 'e-CPS', what: 'code verified' },
    'authenticator.consent_asked': {
      who: 'e-CPS → other phone',
      what: 'consent asked for a second activation',
    },
    'authenticator.enrolment_ended': {
      who: 'e-CPS',
      what: ({ reason }: Details): string =>
        ({ blocked: 'activation blocked: not me', refused: 'activation refused on the other phone' })[
          String(reason)
        ] ?? 'activation given up or out of time',
    },
    'authenticator.activated': {
      who: 'e-CPS',
      what: (details: Details): string =>
        byCard(details) ? 'e-CPS active, by card' : 'e-CPS active, by mail and text message',
    },
    'authenticator.approval_requested': {
      who: 'wallet → phone',
      what: ({ clientId }: Details) => `request to sign in to ${clientId}`,
    },
    'authenticator.approved': {
      who: 'phone → e-CPS',
      what: ({ kind }: Details): string =>
        kind === 'activation' ? 'other phone accepted, signed' : 'request accepted, signature verified',
    },
    'authenticator.wrong_number': { who: 'phone → e-CPS', what: 'wrong number: the request ends' },
    'authenticator.refused': {
      who: 'phone → e-CPS',
      what: ({ reason }: Details): string => (reason === 'not_me' ? 'refused: not me' : 'request refused'),
    },
    'authenticator.browser_blocked': { who: 'e-CPS', what: 'this browser is blocked for an hour' },
    'authenticator.password_failed': {
      who: 'phone → e-CPS',
      what: (details: Details) => `wrong password, ${failures(details)} in a row`,
    },
    'authenticator.password_changed': { who: 'phone → e-CPS', what: 'password changed' },
    'authenticator.locked': {
      who: 'e-CPS',
      what: (details: Details) => `locked after ${failures(details)} wrong passwords`,
    },
    'authenticator.key_mismatch': { who: 'e-CPS', what: 'the server’s key differs: our fault, not counted' },
    'authenticator.destroyed': {
      who: 'e-CPS',
      what: ({ reason }: Details): string =>
        ({
          deactivated: 'e-CPS deactivated on its phone',
          removed: 'e-CPS removed: forgotten password',
          password: 'e-CPS removed: too many wrong passwords',
          activated_under_rpps: 'e-CPS under ADELI removed: another is active under RPPS',
        })[String(reason)] ?? 'e-CPS replaced',
    },
    'authenticator.removal_asked': { who: 'wallet → e-CPS', what: 'forgotten password: an identifier typed' },
    'authenticator.removal_codes_sent': {
      who: 'e-CPS',
      what: 'two codes on their way, if the identifier leads to anybody',
    },
    'authenticator.removal_codes_failed': { who: 'e-CPS', what: 'wrong code, nothing is removed' },
    'authenticator.removal_card_refused': { who: 'e-CPS', what: 'this card removes nothing' },
    'authenticator.removal_proven': {
      who: 'wallet → e-CPS',
      what: ({ proof, linked }: Details): string => {
        if (proof !== 'card') return 'removal proven by both codes';
        return linked ? 'removal proven by the card, through the ADELI link' : 'removal proven by the card';
      },
    },
    'authenticator.deactivated': { who: 'phone → e-CPS', what: 'e-CPS deactivated' },
    'authenticator.frozen': { who: 'e-CPS', what: 'e-CPS suspended: not me' },
    'authenticator.thawed': { who: 'e-CPS', what: 'e-CPS restored' },
  },
});
