import { defineErrors } from '../errors.ts';

/** What every listener answers. */
export const errors = defineErrors({
  internal: {
    status: 500,
    support: 'Something failed here; the log tells what, under the reference that was shown.',
    person: {
      fr: 'Réessayez dans un instant. Si cela se répète, donnez cette référence à l’assistance.',
      en: 'Try again in a moment. If it happens again, give this reference to support.',
    },
  },
  'store.unavailable': {
    status: 503,
    support:
      'Nothing can be kept, or read: the disk is full or read-only, or the database does not answer; the log tells which.',
    person: {
      fr: 'Ce que vous venez de demander n’est pas fait ; ce qui l’était déjà est gardé. Attendez une minute, puis réessayez. Si cela dure, donnez cette référence à l’assistance.',
      en: 'What you have just asked for is not done; what was done before is kept. Wait a minute, then try again. If it lasts, give this reference to support.',
    },
  },
  not_found: {
    status: 404,
    support: 'There is nothing at this address.',
    person: {
      fr: 'L’adresse a peut-être changé, ou il en manque un bout. Rien n’est perdu : reprenez depuis le service où vous alliez.',
      en: 'The address may have changed, or a part of it is missing. Nothing is lost: start again from the service where you were going.',
    },
  },
  'request.cross_site': {
    status: 403,
    support: 'This form was sent from another site.',
    person: {
      fr: 'Ce formulaire a été envoyé depuis un autre site, et rien n’a été fait. Reprenez depuis le service où vous alliez.',
      en: 'This form was sent from another site, and nothing was done. Start again from the service where you were going.',
    },
  },
  'request.too_large': {
    status: 413,
    support: 'The body is too large.',
    person: {
      fr: 'Ce qui a été envoyé est trop volumineux. Revenez en arrière et raccourcissez-le.',
      en: 'What was sent is too large. Go back and shorten it.',
    },
  },
  'request.no_form': {
    status: 415,
    support: 'A form is sent as application/x-www-form-urlencoded.',
    person: {
      fr: 'Ce formulaire est arrivé sous une forme que nous ne lisons pas, et rien n’a été fait. Revenez en arrière et renvoyez-le.',
      en: 'This form arrived in a shape that we do not read, and nothing was done. Go back and send it again.',
    },
  },
  'host.foreign': {
    status: 421,
    support: 'This host is not served here.',
  },
});
