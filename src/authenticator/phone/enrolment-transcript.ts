import type { EnrolmentTranscript } from '../wire.ts';

/** What both keys sign to bind a credential to a phone, in this order of members. */
export function enrolmentTranscript(transcript: EnrolmentTranscript): EnrolmentTranscript {
  const { enrolment, credential, nationalId, deviceKey, authKey, fingerprint } = transcript;
  const { kind, value } = nationalId;
  return { enrolment, credential, nationalId: { kind, value }, deviceKey, authKey, fingerprint };
}
