import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatIdNatPs } from '#national-id';
import { systemClock } from '#platform/clock.ts';
import { type Card, openCardAuthority, saveCard } from '../pki/index.ts';
import { findHolder, type HolderDirectory } from './card-holder.ts';
import { type CardOrder, InvalidOrder, parseCardOrder } from './card-order.ts';

export interface CardIssueContext {
  /** The data directory whose `pki/` issues the card; the server that uses it need not run, nor stop. */
  dataDir: string;
  openDirectory(): Promise<HolderDirectory & AsyncDisposable>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

const help = `Usage: hygie card issue --national-id ID --out DIR [options]

Issues a test card of the sandbox's authority: DIR/card.p12, DIR/card.pem (with chain), DIR/card.key.

  --national-id ID     with its prefix: 8 + RPPS number, 0 + ADELI number,
                       3 + FINESS/register id or 5 + SIRET/register id for employees
  --out DIR            made where it does not exist
  --pin PIN            four digits; also the password of card.p12 (1234)
  --not-before DATE    YYYY-MM-DD, or an ISO 8601 instant (now)
  --not-after DATE     the last day of validity, or an instant (three years later)
  --usage USAGE        authentication or signature (authentication)
  --json               one JSON object on standard output
  --help               this text
`;

/** `hygie card issue`: answers the exit code. */
export async function cardIssueCommand(args: string[], context: CardIssueContext): Promise<number> {
  if (args.includes('--help')) {
    context.stdout.write(help);
    return 0;
  }
  try {
    const { order, out, json } = parseCommandLine(args);
    const card = await issueOrderedCard(order, context);
    await saveFiles(out, card);
    context.stdout.write(
      json ? `${JSON.stringify(report(order, out, card))}\n` : `${join(out, 'card.p12')}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof InvalidOrder)) throw error;
    context.stderr.write(`hygie card issue: ${error.message}\n`);
    return 2;
  }
}

const options = {
  'national-id': { type: 'string' },
  out: { type: 'string' },
  pin: { type: 'string' },
  'not-before': { type: 'string' },
  'not-after': { type: 'string' },
  usage: { type: 'string' },
  json: { type: 'boolean' },
} as const;

function parseCommandLine(args: string[]): { order: CardOrder; out: string; json: boolean } {
  const { values } = parseOptions(args);
  if (!values.out) throw new InvalidOrder('--out is needed: the directory for the three files.');
  return { order: parseCardOrder(values, Date.now()), out: values.out, json: values.json ?? false };
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new InvalidOrder(
      error instanceof Error ? `${error.message.split('. ')[0]}.` : 'unreadable options.',
    );
  }
}

async function issueOrderedCard(order: CardOrder, context: CardIssueContext): Promise<Card> {
  await using directory = await context.openDirectory();
  const holder = await findHolder(order.nationalId, directory);
  const authority = await openCardAuthority({ dir: join(context.dataDir, 'pki'), clock: systemClock });
  return authority.issueCard({ ...order, ...holder });
}

async function saveFiles(out: string, card: Card): Promise<void> {
  try {
    await saveCard(out, 'card', card);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new InvalidOrder('--out cannot be written to.');
    throw error;
  }
}

const report = (order: CardOrder, out: string, { certificate }: Card) => ({
  nationalId: formatIdNatPs(order.nationalId),
  usage: order.usage,
  serialNumber: certificate.serialNumber,
  notBefore: certificate.validFromDate.toISOString(),
  notAfter: certificate.validToDate.toISOString(),
  files: { p12: join(out, 'card.p12'), pem: join(out, 'card.pem'), key: join(out, 'card.key') },
});
