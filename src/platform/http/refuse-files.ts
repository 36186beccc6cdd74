import type { MiddlewareHandler } from 'hono';
import { errors } from './http-errors.ts';

/** Answers 415 to `multipart/form-data`: no page asks for a file, and a damaged body of that kind parses to an error. */
export const refuseFiles: MiddlewareHandler = async (c, next) => {
  if (/^\s*multipart\//i.test(c.req.header('content-type') ?? ''))
    throw errors('request.no_form', 'Content-Type');
  await next();
};
