/** The answer to everything that is not a resource: https://hl7.org/fhir/R4/operationoutcome.html */
export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: { severity: 'error'; code: string; diagnostics: string; location?: string[] }[];
}

/** A refusal with the status it is sent with. `field` is the parameter at fault; what was sought is never repeated. */
export class FhirError extends Error {
  override name = 'FhirError';
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, diagnostics: string, field?: string) {
    super(diagnostics);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export function renderOutcome({ code, message, field }: FhirError): OperationOutcome {
  const location = field === undefined ? {} : { location: [`http.${field}`] };
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics: message, ...location }],
  };
}

/** Every refusal of this server: https://hl7.org/fhir/R4/valueset-issue-type.html */
export const outcomes = {
  unknownType: (name: string, known: readonly string[]) =>
    new FhirError(
      404,
      'processing',
      `Unknown resource type '${name}' - Server knows how to handle: [${known.join(', ')}]`,
    ),
  unknownId: (id: string) => new FhirError(404, 'not-found', `Resource not found with id: ${id}`),
  unknownVersion: () => new FhirError(404, 'not-found', 'This version of the resource is not kept'),
  unknownPath: () => new FhirError(404, 'not-found', 'No such FHIR interaction'),
  unknownParameter: (name: string, type: string) =>
    new FhirError(400, 'exception', `Parameter ${name} not found for resource ${type}`, name),
  unknownParameterOf: (name: string, operation: string) =>
    new FhirError(400, 'exception', `Parameter ${name} not found for operation ${operation}`, name),
  unknownModifier: (name: string, modifier: string) =>
    new FhirError(400, 'not-supported', `Modifier :${modifier} is not supported on parameter ${name}`, name),
  invalidValue: (name: string, expected: string) =>
    new FhirError(400, 'value', `Parameter ${name} must be ${expected}`, name),
  repeatedParameter: (name: string) =>
    new FhirError(400, 'invalid', `Parameter ${name} is given more than once`, name),
  tooLong: (name: string, limit: number) =>
    new FhirError(400, 'too-long', `Parameter ${name} is longer than ${limit} characters`, name),
  tooCostly: (limit: string) => new FhirError(400, 'too-costly', `A search may have ${limit} at most`),
  missingPageId: () => new FhirError(400, 'exception', 'Parameter id required to fetch the next page', 'id'),
  damagedPage: () => new FhirError(400, 'invalid', 'Parameter id does not name a page', 'id'),
  expiredPage: () =>
    new FhirError(
      410,
      'expired',
      'This page belongs to an earlier state of the directory: search again',
      'id',
    ),
  missingKey: () => new FhirError(401, 'login', 'A key is needed in the header ESANTE-API-KEY'),
  unknownKey: () => new FhirError(401, 'login', 'The key in the header ESANTE-API-KEY is not one of ours'),
  onlyAsync: () => new FhirError(400, 'not-supported', 'An export needs the header Prefer: respond-async'),
  unknownExport: () => new FhirError(404, 'not-found', 'There is no such export, or it is over'),
  failedExport: () => new FhirError(500, 'exception', 'The export failed: ask for it again'),
  outsideFile: () => new FhirError(416, 'invalid', 'The range is outside of the file'),
  tooMany: () => new FhirError(429, 'throttled', 'Too many calls: come again later'),
  wrongMethod: (allowed: string) => new FhirError(405, 'not-supported', `Method not allowed; use ${allowed}`),
  wrongContentType: () =>
    new FhirError(415, 'not-supported', 'A search by POST is application/x-www-form-urlencoded'),
  failed: (reference: string) => new FhirError(500, 'exception', `Internal error, reference ${reference}`),
} as const;
