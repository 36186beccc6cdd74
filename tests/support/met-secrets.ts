import type { Ending } from './databases.ts';

/**
 * Keeps every word that this process sends or receives by `fetch` and that could be a secret, an identifier or
 * contact details: what nobody thought of is met too.
 */
export function meetSecrets(t: Ending): { words: ReadonlySet<string>; meet(...texts: string[]): void } {
  const words = new Set<string>();
  const plain = globalThis.fetch;
  const meet = (...texts: string[]) => {
    for (const word of texts.flatMap(wordsOf)) words.add(word);
  };
  globalThis.fetch = async (input, init) => {
    const sent = new Request(input instanceof Request ? input.clone() : input, init);
    meet(sent.url, ...sent.headers.values(), await sent.text());
    const answer = await plain(input, init);
    const text = answer
      .clone()
      .text()
      .catch(() => '');
    meet(...[...answer.headers].filter(([name]) => isPrivate(name)).map(([, value]) => value), await text);
    return answer;
  };
  t.after(() => {
    globalThis.fetch = plain;
  });
  return { words, meet };
}

/** Others hold policies and names of assets. */
const isPrivate = (header: string): boolean => /cookie|location|nonce|authenticate|etag/.test(header);

/** Tokens, numbers of people and of telephones, one-time codes, mail addresses. */
function wordsOf(text: string): string[] {
  const readable = decode(text);
  const tokens = [...readable.matchAll(/[A-Za-z0-9_-]{16,}/g)].map(([token]) => token).filter(isDrawn);
  const numbers = [...readable.matchAll(/(?<![\w.#-])\d{6,14}(?![\w.-])/g)].map(([number]) => number);
  const addresses = [...readable.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)].map(([address]) => address);
  return [...tokens, ...numbers, ...addresses];
}

/** Words that people wrote have letters of one kind, dashes between them, and no digit among letters. */
function isDrawn(token: string): boolean {
  return /[a-z]/i.test(token) && /\d/.test(token) && !/^[a-z]+([-_][a-z]+)*([-_]?\d{1,2})?$/i.test(token);
}

function decode(text: string): string {
  try {
    return `${text} ${decodeURIComponent(text.replaceAll('+', ' '))}`;
  } catch {
    return text;
  }
}

/** Those of `words` that the server wrote, each with where. Times, places in the code and counts are left out. */
export function findWritten(output: string, words: Iterable<string>): string[] {
  const text = output.split('\n').map(withoutOwnWords).join('\n');
  const written = new Set(text.match(/[\w@.+-]+/g));
  const isWritten = (word: string) =>
    written.has(word) || (/[^\w@.+-]/.test(word) || word.length >= 16 ? text.includes(word) : false);
  return [...words]
    .filter(isWritten)
    .map((word) => `${word} in ${text.split('\n').find((line) => line.includes(word))}`);
}

/** What the process itself draws or counts; a line that is no log stands as it is. */
function withoutOwnWords(line: string): string {
  if (!line.startsWith('{')) return line;
  const { time, requestId, ms, ...rest } = JSON.parse(line);
  return JSON.stringify(rest, (key, value) => (key === 'at' ? undefined : value));
}
