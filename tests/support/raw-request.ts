import { connect } from 'node:net';

/** What came back on a plain connection. */
export interface RawAnswer {
  status: number;
  /** Head and body as they stood. */
  text: string;
  headers: Headers;
}

/**
 * Sends a request that no client library would: its first line and header lines as they are given, `Host` too. The
 * connection goes to the port of `url` on loopback.
 */
export function sendRaw(url: string, firstLine: string, headers: readonly string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const lines = [`${firstLine} HTTP/1.1`, ...headers, 'Connection: close', '', ''];
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(lines.join('\r\n')));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(parseAnswer(text)));
  });
}

function parseAnswer(text: string): RawAnswer {
  const [first = '', ...lines] = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n');
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), text, headers: new Headers(pairs) };
}
