import { CallRefused, ForeignKey } from '#ecps-phone';
import { formatDuration } from '#platform/html/dates.ts';
import { type Texts, texts } from './messages.ts';

/** What happened and what to do now. `now` by the server's clock. */
export function describeProblem(error: unknown, now: number, words: Texts = texts): string {
  const { problem } = words;
  if (error instanceof ForeignKey) return problem.damaged;
  if (error instanceof TypeError) return problem.network;
  return error instanceof CallRefused ? describeRefusal(error, now, words) : problem.unknown;
}

function describeRefusal({ code, retryAt, reference }: CallRefused, now: number, words: Texts): string {
  const { problem, code: codeTexts, deadLink } = words;
  const wait = formatDuration(Math.max(1000, (retryAt ?? now) - now));
  switch (code) {
    case 'request.too_many':
      return problem.tooMany(wait);
    case 'enrolment.wrong_stage':
      return problem.wrongStage;
    case 'enrolment.ended':
    case 'enrolment.unknown':
      return problem.ended;
    case 'code.dead':
      return codeTexts.dead;
    case 'activation.used':
      return deadLink.used.title;
    case 'activation.expired':
      return deadLink.expired.title;
    case 'credential.gone':
    case 'credential.unknown':
    case 'device.unknown':
      return problem.credentialGone;
    case 'credential.expired':
      return problem.credentialExpired;
    case 'credential.frozen':
      return problem.credentialFrozen;
    case 'credential.locked':
      return problem.credentialLocked(wait);
    case 'credential.damaged':
      return problem.damaged;
    default:
      return reference ? problem.failed(reference) : problem.unknown;
  }
}
