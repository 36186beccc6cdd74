import { defineMessages } from '#platform/html/messages.ts';
import type { Gender } from './person.ts';

const came: Record<Gender, string> = {
  feminine: 'vous êtes entrée avec',
  masculine: 'vous êtes entré avec',
  neutral: 'vous avez présenté',
};

/** What each cause means, what to do, and what remains where it is a further step. `places`: how many there are, where known. */
export const causeMessages = defineMessages({
  fr: {
    authenticator_expired: {
      name: 'moyen de connexion expiré',
      lead: () => 'Votre carte ou votre e-CPS n’est plus valable.',
      todo: 'la faire renouveler',
      how: 'Votre Ordre enregistre la demande. En attendant, l’autre moyen fonctionne si vous en avez un.',
    },
    identity_mismatch: {
      name: 'correspondance à vérifier',
      lead: () =>
        'Votre numéro ADELI mène, dans l’annuaire, à une fiche qui ne porte pas votre nom ou votre profession. Par prudence, rien de cette fiche n’est montré.',
      todo: 'faire corriger la correspondance',
      how: 'Une personne doit trancher : votre Ordre ou votre agence régionale de santé.',
    },
    record_inactive: {
      name: 'fiche inactive',
      lead: () =>
        'L’annuaire ne vous compte plus parmi les professionnels en exercice. Il n’en donne pas la raison.',
      todo: 'demander ce qui a été enregistré',
      how: 'Votre Ordre peut vous le dire, et le corriger si c’est une erreur.',
    },
    no_rpps: {
      name: 'pas de numéro RPPS',
      lead: (gender: Gender) =>
        `Les lieux d’exercice sont rangés sous le numéro RPPS. ${capitalize(came[gender])} un numéro ADELI, et l’annuaire ne lui connaît pas de numéro RPPS.`,
      todo: 'obtenir votre numéro RPPS',
      how: 'Il est attribué à l’inscription à votre Ordre. Si vous y figurez déjà, demandez-le.',
    },
    ecps_under_adeli: {
      name: 'e-CPS à l’ancien numéro',
      lead: (_: Gender, places: number | null) =>
        `${existing(places)} sous votre numéro RPPS, et votre e-CPS est encore à votre ancien numéro ADELI.`,
      todo: 'activer votre e-CPS avec votre numéro RPPS',
      how: 'Celle d’aujourd’hui se désactive, une autre s’active à sa place.',
    },
    legacy_adeli_identity: {
      name: 'numéro d’entrée ancien',
      lead: (gender: Gender, places: number | null) =>
        `${existing(places)} sous ${places === null ? 'le' : 'votre'} numéro RPPS, et ${came[gender]} ${places === null ? 'un' : 'votre'} ancien numéro ADELI.`,
      todo: 'activer une e-CPS avec votre numéro RPPS',
      how: 'Elle s’active sur votre téléphone en cinq minutes. Vous entrez ensuite avec elle, et vos lieux s’affichent.',
    },
    /** Of the same cause, once the e-CPS is active. */
    ecps_active: {
      todo: 'entrer avec votre e-CPS',
      how: 'Elle est active et porte votre numéro RPPS : entrez avec elle, et vos lieux s’affichent.',
    },
    no_contact_details: {
      name: 'coordonnées manquantes',
      lead: () => 'L’annuaire ne connaît ni votre adresse e-mail ni votre mobile.',
      todo: 'enregistrer vos coordonnées',
      how: 'Votre Ordre les enregistre.',
    },
    place_closed: {
      name: 'lieu sorti de l’annuaire',
      lead: () => 'Votre dernier lieu d’exercice n’est plus dans l’annuaire. Il n’en donne pas la raison.',
      todo: 'déclarer votre lieu actuel',
      how: 'En libéral, vous le déclarez à votre Ordre ; sous contrat, c’est votre employeur qui le déclare.',
    },
    no_place_of_practice: {
      name: 'aucun lieu déclaré',
      lead: () => 'L’annuaire n’a aucun lieu d’exercice à votre numéro.',
      todo: 'faire déclarer votre lieu d’exercice',
      how: 'En libéral, vous le déclarez à votre Ordre ; sous contrat, c’est votre employeur qui le déclare.',
    },
  },
  en: {
    authenticator_expired: {
      name: 'means of signing in expired',
      lead: () => 'Your card or your e-CPS is no longer valid.',
      todo: 'have it renewed',
      how: 'Your Order takes the request. Meanwhile the other means works, if you have one.',
    },
    identity_mismatch: {
      name: 'correspondence to be checked',
      lead: () =>
        'Your ADELI number leads, in the directory, to a record that does not carry your name or your profession. As a precaution nothing of that record is shown.',
      todo: 'have the correspondence corrected',
      how: 'A person has to settle it: your Order or your regional health agency.',
    },
    record_inactive: {
      name: 'inactive record',
      lead: () => 'The directory no longer counts you among practising professionals. It does not say why.',
      todo: 'ask what was recorded',
      how: 'Your Order can tell you, and correct it if it is an error.',
    },
    no_rpps: {
      name: 'no RPPS number',
      lead: () =>
        'Places of practice are kept under the RPPS number. You came in with an ADELI number, and the directory knows no RPPS number for it.',
      todo: 'obtain your RPPS number',
      how: 'It is given when you enrol with your Order. If you are enrolled already, ask for it.',
    },
    ecps_under_adeli: {
      name: 'e-CPS under the former number',
      lead: (_: Gender, places: number | null) =>
        `${existingInEnglish(places)} under your RPPS number, and your e-CPS is still under your former ADELI number.`,
      todo: 'activate your e-CPS with your RPPS number',
      how: 'The present one is deactivated, another is activated in its place.',
    },
    legacy_adeli_identity: {
      name: 'former number used to sign in',
      lead: (_: Gender, places: number | null) =>
        `${existingInEnglish(places)} under ${places === null ? 'the' : 'your'} RPPS number, and you came in with ${places === null ? 'a' : 'your'} former ADELI number.`,
      todo: 'activate an e-CPS with your RPPS number',
      how: 'It is activated on your phone in five minutes. Then you come in with it, and your places are shown.',
    },
    /** Of the same cause, once the e-CPS is active. */
    ecps_active: {
      todo: 'come in with your e-CPS',
      how: 'It is active and carries your RPPS number: come in with it, and your places are shown.',
    },
    no_contact_details: {
      name: 'contact details missing',
      lead: () => 'The directory knows neither your e-mail address nor your mobile number.',
      todo: 'register your contact details',
      how: 'Your Order registers them.',
    },
    place_closed: {
      name: 'place gone from the directory',
      lead: () => 'Your last place of practice is no longer in the directory. It does not say why.',
      todo: 'declare your present place',
      how: 'If you are self-employed you declare it to your Order; under contract, your employer declares it.',
    },
    no_place_of_practice: {
      name: 'no place declared',
      lead: () => 'The directory has no place of practice under your number.',
      todo: 'have your place of practice declared',
      how: 'If you are self-employed you declare it to your Order; under contract, your employer declares it.',
    },
  },
});

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function existing(places: number | null): string {
  if (!places) return 'Les lieux d’exercice sont rangés';
  return places === 1 ? 'Votre lieu existe. Il est rangé' : 'Vos lieux existent. Ils sont rangés';
}

function existingInEnglish(places: number | null): string {
  if (!places) return 'Places of practice are kept';
  return places === 1 ? 'Your place exists. It is kept' : 'Your places exist. They are kept';
}
