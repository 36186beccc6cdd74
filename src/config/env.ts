import { z } from 'zod';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';

const callsPerSecond = z.coerce.number().int().min(1).max(100_000);
const port = z.coerce.number().int().min(0).max(65_535);
const origin = z
  .url({ protocol: /^https?$/, error: 'must begin with http:// or https://', abort: true })
  .refine(
    (text) => new URL(text).href === `${new URL(text).origin}/`,
    'must be an origin: no path, no query',
  );

const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: 'must begin with smtp:// or smtps://', abort: true })
  .refine((text) => new URL(text).hostname !== '', 'must name a host')
  .refine((text) => /^\/?$/.test(new URL(text).pathname), 'must end with the host or the port: no path')
  .refine((text) => !/[?#]/.test(text), 'must end with the host or the port: no query')
  .refine(
    (text) => !new URL(text).username === !new URL(text).password,
    'must hold both user and password, or neither',
  );

/** RPPS, ADELI, and those of structures, with their prefixes (TRE_G08-TypeIdentifiantPersonne). */
const idNatPs = /^(8\d{11}|0[0-9A-Z]{9}|[3-6]\d{9,14}\/[\w.-]+)$/;

const operators = z
  .string()
  .transform((text) => text.split(',').map((id) => id.trim()))
  .refine(
    (ids) => ids.every((id) => idNatPs.test(id)),
    'must be national identifiers with their prefix, separated by commas',
  );

const listenerVariables = Object.fromEntries(
  listenerNames.flatMap((name) => [
    [portVariable(name), port.optional()],
    [urlVariable(name), origin.optional()],
    [tlsVariable(name, 'CERT'), z.string().optional()],
    [tlsVariable(name, 'KEY'), z.string().optional()],
  ]),
) as Record<string, z.ZodOptional<typeof port> | z.ZodOptional<typeof origin> | z.ZodOptional<z.ZodString>>;

/** Every variable that Hygie reads, and its type; no logic. An empty variable counts as absent. */
const schema = z.object({
  HYGIE_DATA_DIR: z.string().optional(),
  HYGIE_BIND: z.string().optional(),
  HYGIE_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgres:// or postgresql://' })
    .optional(),
  HYGIE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
  HYGIE_SMTP_URL: smtpUrl.optional(),
  HYGIE_MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]* <[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/,
      'must be an address, or a name with the address in angle brackets',
    )
    .optional(),
  HYGIE_PSC_ERA: z.enum(['2021', '2022', '2023', '2023-04', '2024', '2026', '2026-psi']).optional(),
  HYGIE_KEY_LIFETIME_DAYS: z.coerce.number().int().min(0).max(3650).optional(),
  HYGIE_CONFORMANCE: z.enum(['on', 'off']).optional(),
  HYGIE_BRIDGING: z.enum(['on', 'off']).optional(),
  HYGIE_EXTRACT_URLS: z
    .string()
    .regex(/^\s*(https?:\/\/\S+(\s+|$))+$/, 'must be addresses that begin with https://, separated by spaces')
    .optional(),
  HYGIE_FHIR_ACCESS: z.enum(['open', 'key']).optional(),
  HYGIE_FHIR_CALLS_BY_KEY: callsPerSecond.optional(),
  HYGIE_FHIR_CALLS_BY_ADDRESS: callsPerSecond.optional(),
  HYGIE_DIRECTORY_OPERATORS: operators.optional(),
  ...listenerVariables,
});

export type Environment = z.infer<typeof schema>;

/** @throws Error whose message names the variable, never its value. */
export function parseEnvironment(env: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') ?? 'The environment'}: ${issue?.message ?? 'is not valid'}.`);
}

export function portVariable(name: ListenerName): `HYGIE_${string}_PORT` {
  return `HYGIE_${name.toUpperCase()}_PORT`;
}

export function urlVariable(name: ListenerName): `HYGIE_${string}_URL` {
  return `HYGIE_${name.toUpperCase()}_URL`;
}

/** A PEM file: the certificate with its chain, and its private key. */
export function tlsVariable(name: ListenerName, part: 'CERT' | 'KEY'): `HYGIE_${string}_TLS_${string}_FILE` {
  return `HYGIE_${name.toUpperCase()}_TLS_${part}_FILE`;
}
