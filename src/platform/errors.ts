/** What an expected refusal looks like to HTTP and to OAuth. */
export interface ErrorDefinition {
  /** HTTP status. */
  status: number;
  /** One sentence for support; never holds a value that a person typed. */
  support: string;
}

/** The only error whose message may be shown: everything else is a 500 with a reference. */
export class AppError<Code extends string = string> extends Error {
  override name = 'AppError';
  readonly code: Code;
  readonly status: number;
  /** The input field at fault, where there is one. */
  readonly field: string | undefined;

  constructor(code: Code, definition: ErrorDefinition, field?: string) {
    super(definition.support);
    this.code = code;
    this.status = definition.status;
    this.field = field;
  }
}

/**
 * Declares a module's errors in one table and returns the function that makes them:
 * `throw errors('attempt.unknown')`.
 */
export function defineErrors<const Table extends Record<string, ErrorDefinition>>(table: Table) {
  return <Code extends keyof Table & string>(code: Code, field?: string): AppError<Code> =>
    new AppError(code, table[code] as ErrorDefinition, field);
}
