import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Form {
  fields: Record<string, string>;
  /** Page that holds it. */
  origin: string;
}

/** One request with the cookies that earlier answers set; redirects are not followed. */
export type Browser = (url: URL, form?: Form) => Promise<Answer>;

export function createBrowser(agent: Agent): Browser {
  const cookies = new Map<string, string>();
  return async (url, form) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...(form ? { origin: form.origin } : {}) };
    const answer = await send(agent, url, headers, form && new URLSearchParams(form.fields).toString());
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
}

export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} in place of ${status}: ${answer.body}`);
  return answer;
}

/** Where a redirect leads. Throws for any other answer. */
export function readRedirect(answer: Answer, url: URL): URL {
  return new URL(expectStatus(answer, 303).headers.location ?? '', url);
}

/** `form`: a body that is encoded already. */
export function send(
  agent: Agent,
  url: URL,
  headers: Record<string, string>,
  form?: string,
): Promise<Answer> {
  const content = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const method = form === undefined ? 'GET' : 'POST';
    const sent = request(url, { agent, method, headers: { ...headers, ...content } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(form);
  });
}
