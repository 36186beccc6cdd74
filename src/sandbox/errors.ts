import { defineErrors } from '#platform/errors.ts';

export const errors = defineErrors({
  'persona.unknown': { status: 404, support: 'There is no such persona.' },
  'clock.shared': {
    status: 409,
    support:
      'Several processes serve this sandbox, each with a clock of its own: start it without --workers to move it.',
  },
  'card.none': { status: 409, support: 'This persona has no card.' },
  'reader.unanswered': { status: 502, support: 'The card listener did not answer this attempt.' },
  'ecps.not_enrollable': {
    status: 409,
    support: 'The directory knows no active RPPS record of this persona with a mail address and a mobile.',
  },
  'ecps.unanswered': { status: 502, support: 'A message of the activation did not arrive.' },
  'phone.token_used': { status: 410, support: 'The token is unknown, used or too old.' },
  'request.invalid': { status: 400, support: 'A field is missing or has a wrong form.' },
  'request.foreign_origin': { status: 403, support: 'Only pages of the sandbox may call its API.' },
  'request.not_json': { status: 415, support: 'The body must be application/json.' },
  'sign_in.refused': { status: 400, support: 'The authorization endpoint refused the request.' },
  'sign_in.unanswered': { status: 502, support: 'A listener on the way did not answer.' },
  'sign_in.lost': { status: 502, support: 'The sign-in led to a page that it should not.' },
});
