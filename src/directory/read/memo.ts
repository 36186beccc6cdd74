/** Answers remembered; then all are forgotten, so that what is asked often is soon known again. */
const most = 2000;

/** Finds an answer out once, for as long as it is remembered: for what never changes. */
export function createMemo<Answer>() {
  const known = new Map<string, Promise<Answer>>();
  return (question: string, findOut: () => Promise<Answer>): Promise<Answer> => {
    const answer = known.get(question) ?? findOut();
    if (!known.has(question)) {
      if (known.size >= most) known.clear();
      known.set(question, answer);
      answer.catch(() => known.delete(question));
    }
    return answer;
  };
}
