import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export { html, raw };

/** Markup that is already escaped; `html` escapes every value that is not. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
