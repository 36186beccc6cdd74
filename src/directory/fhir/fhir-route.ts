import type { Context } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import { outcomes } from './outcome.ts';
import { isResourceType, type ResourceType, resourceTypes } from './resource.ts';
import type { SearchContext } from './search-parameter.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** How the CapabilityStatement names what a route serves. */
export type Declaration =
  /** Of every type. */
  | { interaction: 'read' | 'vread' | 'history-instance' | 'search-type' }
  /** Of one type, or of the whole server. */
  | { operation: string; definition: string; type?: ResourceType };

/** One line of the route table, from which the API and its CapabilityStatement are made. */
export interface FhirRoute {
  method: Method;
  /** Below the base; the first that matches answers. */
  path: string;
  /** Absent where it belongs to what another one declares, such as the pages of a search. */
  declares?: Declaration;
  answer(c: Context<AppEnv>, context: SearchContext): Promise<Response> | Response;
}

/** Of a path with `:type`. */
export function typeOf(c: Context<AppEnv>): ResourceType {
  const name = c.req.param('type') ?? '';
  if (isResourceType(name)) return name;
  throw outcomes.unknownType(name.slice(0, 64), resourceTypes);
}

/** Of a path with that parameter. */
export const pathValue = (c: Context<AppEnv>, name: string): string => c.req.param(name) ?? '';

export const queryOf = (c: Context<AppEnv>): URLSearchParams => new URL(c.req.url).searchParams;
