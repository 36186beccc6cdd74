import type { Defence } from './defence.ts';
import { activations } from './ecps/activations.ts';
import { forgottenPasswords } from './ecps/forgotten-passwords.ts';
import { passwordTries } from './ecps/password-tries.ts';
import { questions } from './ecps/questions.ts';
import { sameAnswers } from './ecps/same-answers.ts';
import { calls } from './ecps/signed-calls.ts';

/** What the e-CPS withstands. */
export const defences: Defence[] = [
  ...calls,
  ...activations,
  ...questions,
  ...passwordTries,
  ...sameAnswers,
  ...forgottenPasswords,
];
