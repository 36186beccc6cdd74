import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** Answers 415 to `multipart/form-data`: no page asks for a file, and a damaged body of that kind parses to an error. */
export const refuseFiles: MiddlewareHandler = async (c, next) => {
  if (/^\s*multipart\//i.test(c.req.header('content-type') ?? ''))
    throw new HTTPException(415, { message: 'A form is sent as application/x-www-form-urlencoded.' });
  await next();
};
