import type { Entrance } from './entrances.ts';

export interface BadBody {
  /** What is wrong, for the message of a failed test. */
  name: string;
  type: string | undefined;
  body: string | Uint8Array<ArrayBuffer>;
}

/** Stands in values that are sent, and may not come back in what is said about them. */
export const marker = 'zzmarkerzz';

const formType = 'application/x-www-form-urlencoded';
const jsonType = 'application/json';

/** Bodies that no page and no client of ours sends. */
export function badBodies({ takes, fields }: Entrance): BadBody[] {
  return takes === 'json' ? badJson(fields) : badForms(fields);
}

const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

function badForms(fields: readonly string[]): BadBody[] {
  const all = (value: string) => fields.map((name) => `${name}=${value}`).join('&');
  const form = (name: string, body: BadBody['body']): BadBody => ({ name, type: formType, body });
  return [
    { name: 'nothing', type: undefined, body: '' },
    form('an empty form', ''),
    form('markers', all(marker)),
    form('NUL', all(`${marker}%00`)),
    form('broken escapes', all('%E0%A4%A%')),
    form('bytes that are no UTF-8', bytes(`${fields[0] ?? 'x'}=`, [0xff, 0xfe, 0x00])),
    form('line ends', all(`${marker}%0d%0aSet-Cookie:%20x=1`)),
    form('markup', all(`%22%3E%3Cscript%3E${marker}`)),
    form('each field twice', `${all('1')}&${all(marker)}`),
    form('keys of prototypes', `__proto__=${marker}&constructor=1&${all('__proto__')}&__proto__.x=1`),
    form('lists', fields.map((name) => `${name}[]=${marker}&${name}[a]=1`).join('&')),
    form('a very long field', all('9'.repeat(20_000))),
    ...wrongTypes(`${fields[0] ?? 'x'}=${marker}`),
    {
      name: 'JSON',
      type: jsonType,
      body: JSON.stringify(Object.fromEntries(fields.map((f) => [f, marker]))),
    },
  ];
}

function badJson(fields: readonly string[]): BadBody[] {
  const json = (name: string, body: BadBody['body']): BadBody => ({ name, type: jsonType, body });
  const all = (value: unknown) => JSON.stringify(Object.fromEntries(fields.map((name) => [name, value])));
  return [
    { name: 'nothing', type: undefined, body: '' },
    ...['{', 'null', '[]', '1', `"${marker}"`, '{}', `{"${marker}":1}`].map((text) => json(text, text)),
    ...[null, -1.5, true, [], {}, [marker], { toString: marker }].map((value) =>
      json(`each field ${JSON.stringify(value)}`, all(value)),
    ),
    json('texts of no meaning', all(marker)),
    json('NUL', all(`${marker}\0`)),
    json('half a surrogate', all('\ud800')),
    json('a very long field', all('9'.repeat(20_000))),
    json('an unknown field', `{"${fields[0]}":"${marker}","admin":true}`),
    json('keys of prototypes', `{"__proto__":{"persona":"${marker}"},"constructor":{"prototype":{}}}`),
    json('deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    json('nesting that never ends', '{"a":'.repeat(20_000)),
    json('bytes that are no UTF-8', bytes(`{"${fields[0]}":"`, [0xff, 0xfe], '"}')),
    ...wrongTypes(all(marker)),
    { name: 'a form', type: formType, body: `${fields[0]}=${marker}` },
  ];
}

function wrongTypes(body: string): BadBody[] {
  const part = `--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n${marker}\r\n--b--\r\n`;
  return [
    { name: 'no type', type: undefined, body },
    { name: 'plain text', type: 'text/plain', body },
    { name: 'a type that is none', type: ';;;', body },
    { name: 'another encoding', type: `${formType}; charset=utf-16`, body },
    { name: 'multipart without boundary', type: 'multipart/form-data', body },
    { name: 'multipart that is none', type: 'multipart/form-data; boundary=b', body },
    { name: 'multipart with a file', type: 'Multipart/Form-Data; boundary=b', body: part },
  ];
}
