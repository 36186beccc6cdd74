import type { Phone, StoredCredential } from '#ecps-phone';
import { phonePassword } from '../phone/persona-credential.ts';

export const behaviours = ['approve', 'refuse', 'ignore', 'wrong-number', 'wrong-password'] as const;
export type Behaviour = (typeof behaviours)[number];

type ApprovalView = Awaited<ReturnType<Phone['watch']>>['approvals'][number];

/** A question on the phone, and what the person in front of the sign-in page sees. */
export interface Question {
  phone: Phone;
  credential: StoredCredential;
  approval: ApprovalView;
  /** Reads the number off the sign-in page. */
  readNumber(): Promise<number | undefined>;
}

/** One answer, as the app would give it. Throws what the phone throws where the server refuses it. */
export async function answer(behaviour: Behaviour, question: Question): Promise<void> {
  const { phone, credential, approval } = question;
  switch (behaviour) {
    case 'approve':
      return approve(question, await rightNumber(question), phonePassword);
    case 'wrong-number':
      return approve(question, await wrongNumber(question), phonePassword);
    case 'wrong-password':
      return approve(question, await rightNumber(question), `not ${phonePassword}`);
    case 'refuse':
      return phone.refuse(approval.id, credential.id, 'refused');
    case 'ignore':
      return;
  }
}

async function approve(
  { phone, credential, approval }: Question,
  number: number | null,
  password: string,
): Promise<void> {
  await phone.approve(credential, approval, { number, password });
}

async function rightNumber({ approval, readNumber }: Question): Promise<number | null> {
  return approval.numbers && ((await readNumber()) ?? null);
}

async function wrongNumber({ approval, readNumber }: Question): Promise<number | null> {
  const right = await readNumber();
  return approval.numbers?.find((number) => number !== right) ?? null;
}
