import { type Context, Hono } from 'hono';
import type { Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Sessions } from '../../sessions.ts';
import { nodeExchange } from '../../wallet-routes.ts';
import type { WalletSignIn } from '../../wallet-sign-in.ts';
import { type QuestionEnd, questionsPath, renderQuestionEnd, renderQuestions } from './card-pages.ts';
import { type CardQuestion, isReadFor } from './card-question.ts';
import type { CardQuestionStore } from './card-question-store.ts';

export interface CardRoutesDependencies {
  database: Database;
  clock: Clock;
  questions: CardQuestionStore;
  sessions: Pick<Sessions, 'find'>;
  signIn: WalletSignIn;
}

/** **Demandes de connexion**, for whoever has signed in by card. */
export function createCardRoutes(dependencies: CardRoutesDependencies): Hono<AppEnv> {
  const { clock, questions, signIn } = dependencies;
  const readUrl = signIn.url(questionsPath, { byCard: true });
  return new Hono<AppEnv>()
    .get(questionsPath, async (c) => {
      const verification = await findHolder(c, dependencies);
      if (!verification) return c.redirect(readUrl, 303);
      const pending = await questions.listPending(verification.nationalId, clock.now());
      return renderQuestions(c, { verification, questions: pending, readUrl });
    })
    .post(`${questionsPath}/:id`, async (c) => {
      const verification = await findHolder(c, dependencies);
      if (!verification) return c.redirect(readUrl, 303);
      const question = await questions.find(c.req.param('id'));
      const answer = new URLSearchParams(await c.req.text()).get('numero');
      if (!question || !isReadFor(question, verification)) return c.redirect(questionsPath, 303);
      if (answer === null || !/^(\d{2}|refus)$/.test(answer)) return c.redirect(questionsPath, 303);
      return renderQuestionEnd(c, verification, await settle(dependencies, question, verification, answer));
    });
}

/** Who read a card in this browser; the number is the card's, whatever services are told. */
async function findHolder(
  c: Context<AppEnv>,
  { sessions }: CardRoutesDependencies,
): Promise<Verification | undefined> {
  const session = await sessions.find(...nodeExchange(c));
  if (session?.verification.method !== 'card') return undefined;
  const { nationalId, givenName, familyName, profession, method, verifiedAt } = session.verification;
  return { nationalId, givenName, familyName, profession, method, verifiedAt };
}

/** One answer, one try: of two at once one counts. */
async function settle(
  { database, clock, questions }: CardRoutesDependencies,
  question: CardQuestion,
  verification: Verification,
  answer: string,
): Promise<QuestionEnd> {
  const end = judge(question, answer);
  if (question.expiresAt <= clock.now()) return 'gone';
  const given = end === 'approved' ? { status: end, verification } : { status: end };
  const isFirst = await database.write((unit) => questions.advance(unit, question.id, 'pending', given));
  return isFirst ? end : 'gone';
}

function judge({ number }: CardQuestion, answer: string): 'approved' | 'refused' | 'wrong_number' {
  if (answer === 'refus') return 'refused';
  return Number(answer) === number ? 'approved' : 'wrong_number';
}
