/** What an expected refusal looks like. `docs/errors.md` lists them all. */
export interface ErrorDefinition {
  /** HTTP status. */
  status: number;
  /** One sentence for support; never holds a value that a person typed. */
  support: string;
  /** What a page says: what happened and what to do now. Without it a page has its general sentence, and the code. */
  person?: { readonly fr: string; readonly en: string };
}

/** The only error whose message may be shown: everything else is a 500 with a reference. */
export class AppError<Code extends string = string> extends Error {
  override name = 'AppError';
  readonly code: Code;
  readonly status: number;
  /** The input field at fault, where there is one. */
  readonly field: string | undefined;
  readonly person: ErrorDefinition['person'];

  constructor(code: Code, definition: ErrorDefinition, field?: string) {
    super(definition.support);
    this.code = code;
    this.status = definition.status;
    this.field = field;
    this.person = definition.person;
  }
}

export type ErrorTable = Readonly<Record<string, ErrorDefinition>>;

/**
 * Declares a module's errors in one table and returns the function that makes them:
 * `throw errors('attempt.unknown')`.
 */
export function defineErrors<const Table extends ErrorTable>(table: Table) {
  const create = <Code extends keyof Table & string>(code: Code, field?: string): AppError<Code> =>
    new AppError(code, table[code] as ErrorDefinition, field);
  return Object.assign(create, { table });
}
