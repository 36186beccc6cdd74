import { type ParsedArguments, RefusedError, UsageError } from '#platform/command/define-command.ts';
import { type RefusalReason, refusalReasons } from '../contacts/request-store.ts';
import type { Decision, ReviewItem } from '../contacts/review.ts';
import { defineCommand } from './command-context.ts';

const options = { json: { type: 'boolean' } } as const;

const listHelp = `hygie directory contacts list [--json]

Lists the changes of contact details that people without a card have asked the Order for, oldest first: id, date, RPPS
number and who has it in the directory, and the new address and mobile. Make sure that it is the person who asked
before you accept.

  --json  one JSON object on standard output
  --help  this text
`;

const acceptHelp = `hygie directory contacts accept ID [--json]

Accepts a change that is listed: it counts at once and is announced at the old and the new address and mobile.

  --json  one JSON object on standard output
  --help  this text
`;

const refuseHelp = `hygie directory contacts refuse ID [--reason REASON] [--json]

Refuses a change that is listed: nothing changes; whoever asked gets a mail that names the reference alone, and for
wrong_details says so.

  --reason  not_verified (the default), not_asked (the person says that she asked for nothing), no_record (nobody has
            that number) or wrong_details; kept in the trail
  --json    one JSON object on standard output
  --help    this text
`;

/** `hygie directory contacts list` */
export const contactsListCommand = defineCommand({
  help: listHelp,
  options,
  async run(args, context) {
    if (args.words.length > 0) throw new UsageError('list takes no argument; see --help');
    await using contacts = await context.openContacts();
    const items = await contacts.listReview();
    context.stdout.write(args.values.json ? listJson(items) : listText(items));
  },
});

/** `hygie directory contacts accept` */
export const contactsAcceptCommand = defineCommand({
  help: acceptHelp,
  options,
  async run(args, context) {
    const id = oneId(args);
    await using contacts = await context.openContacts();
    const decision = await contacts.accept(id);
    context.stdout.write(tell(decision, { id, status: 'accepted', json: args.values.json === true }));
  },
});

/** `hygie directory contacts refuse` */
export const contactsRefuseCommand = defineCommand({
  help: refuseHelp,
  options: { ...options, reason: { type: 'string' } },
  async run(args, context) {
    const id = oneId(args);
    const reason = parseReason(args.values.reason);
    await using contacts = await context.openContacts();
    const decision = await contacts.refuse(id, { reason });
    context.stdout.write(tell(decision, { id, status: 'refused', json: args.values.json === true }));
  },
});

function oneId({ words: files }: ParsedArguments): string {
  const [id] = files;
  if (!id || files.length > 1) throw new UsageError('Exactly one id must be named; see --help');
  return id.toUpperCase();
}

function parseReason(value: ParsedArguments['values'][string] = 'not_verified'): RefusalReason {
  const reason = refusalReasons.find((known) => known === value);
  if (!reason) throw new UsageError(`--reason must be one of ${refusalReasons.join(', ')}`);
  return reason;
}

function tell(
  decision: Decision,
  { id, status, json }: { id: string; status: 'accepted' | 'refused'; json: boolean },
): string {
  if (decision.outcome === 'unknown')
    throw new RefusedError('No open request has that id; list shows those that are open');
  if (decision.outcome === 'no_record')
    throw new RefusedError('Nobody active in the directory has the number of that request; refuse it');
  return json ? `${JSON.stringify({ id, status })}\n` : `${id}: ${status}\n`;
}

const isoOf = (at: number) => new Date(at).toISOString();

function listJson(items: readonly ReviewItem[]): string {
  const requests = items.map(({ id, requestedAt, rpps, holder, email, phone }) => ({
    id,
    requestedAt: isoOf(requestedAt),
    rpps,
    holder: holder && { givenName: holder.givenName, familyName: holder.familyName },
    email,
    phone,
  }));
  return `${JSON.stringify({ requests })}\n`;
}

function listText(items: readonly ReviewItem[]): string {
  if (items.length === 0) return 'No request is open.\n';
  const lines = items.map(({ id, requestedAt, rpps, holder, email, phone }) => {
    const who = holder ? `${holder.givenName} ${holder.familyName}` : 'nobody active in the directory';
    return [id, isoOf(requestedAt), `${rpps} (${who})`, email, phone].join('  ');
  });
  return `${lines.join('\n')}\n`;
}
