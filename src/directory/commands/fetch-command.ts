import { UsageError } from '#platform/command/define-command.ts';
import type { FetchedExtract } from '../fetch/fetch-extract.ts';
import { fetchExtracts } from '../fetch/fetch-extracts.ts';
import { defineCommand } from './command-context.ts';
import { createProgress, silent } from './progress.ts';

const help = `hygie directory fetch [--url URL]… [--json]

Fetches extract files into the folder extracts of the data directory: from each --url, or else from the addresses in
HYGIE_EXTRACT_URLS (separated by spaces). A transfer that broke off goes on where it was, if the file is still the
same; a failure that may pass is tried again, six times in a row. Where the server offers a checksum (Repr-Digest,
Digest, or a file beside it that ends in .sha256) the file must match it. A file that has not changed is not fetched
again. By https:// only, but from this machine itself.

  --url URL  an address; may be given several times
  --json     one JSON object on standard output, and no progress
  --help     this text
`;

/** `hygie directory fetch` */
export const fetchCommand = defineCommand({
  help,
  options: { url: { type: 'string', multiple: true }, json: { type: 'boolean' } },
  async run({ values, lists, words: files }, { stdout, stderr, dataDir, extractUrls }) {
    if (files.length > 0) throw new UsageError('Addresses are given by --url; see --help');
    const addresses = lists.url ?? extractUrls;
    if (addresses.length === 0)
      throw new UsageError('No address is known: give --url, or set HYGIE_EXTRACT_URLS; see --help');
    const progress = createProgress(values.json ? silent : stderr);
    const onBytes = (bytes: number, of: number | undefined) =>
      progress.show({ phase: 'fetching', part: of && bytes / of, done: Math.round(bytes / 1e6), unit: 'MB' });
    const fetched = await fetchExtracts(addresses, { dataDir, onBytes }).finally(progress.end);
    stdout.write(values.json ? `${JSON.stringify({ files: fetched })}\n` : fetched.map(render).join(''));
  },
});

const checks = { 'sha256-file': 'matches its .sha256', digest: 'matches its digest' };

function render({ file, status, bytes, verified, seconds }: FetchedExtract): string {
  if (status === 'unchanged') return `${file}: unchanged\n`;
  const size = `${(bytes / 1e6).toFixed(1)} MB in ${seconds} s`;
  return `${file}: fetched, ${size}, ${verified ? checks[verified] : 'no checksum is offered'}\n`;
}
