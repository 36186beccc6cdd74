import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError } from '../errors.ts';
import { button } from '../html/components.ts';
import { html } from '../html/html.ts';
import { defineMessages } from '../html/messages.ts';
import { renderPage } from '../html/page.ts';
import { randomLabel } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { problem } from './problem.ts';
import type { AppEnv, ListenerName } from './site.ts';

const messages = defineMessages({
  fr: {
    notFound: 'Cette page n’existe pas',
    notFoundHelp:
      'L’adresse a peut-être changé, ou il en manque un bout. Rien n’est perdu : reprenez depuis le service où vous alliez.',
    refused: 'Cette demande ne peut pas aboutir',
    failed: 'Quelque chose n’a pas fonctionné chez nous',
    failedHelp: 'Réessayez dans un instant. Si cela se répète, donnez cette référence à l’assistance.',
    reference: 'Référence',
    home: 'Revenir à l’accueil',
  },
  en: {
    notFound: 'This page does not exist',
    notFoundHelp:
      'The address may have changed, or a part of it is missing. Nothing is lost: start again from the service where you were going.',
    refused: 'This request cannot be completed',
    failed: 'Something went wrong on our side',
    failedHelp: 'Try again in a moment. If it happens again, give this reference to support.',
    reference: 'Reference',
    home: 'Back to the home page',
  },
});

/** An `AppError` may show its sentence; everything else is a 500 with a reference that the log holds too. */
export function answerError(c: Context<AppEnv>, error: Error, logger: Logger): Response | Promise<Response> {
  if (error instanceof AppError) return answerRefusal(c, error);
  if (error instanceof HTTPException) return answerStatus(c, error);
  const reference = newReference();
  logger.error({ reference, err: error, site: c.var.site.name, path: c.req.path }, 'request failed');
  if (wantsJson(c)) return problem(c, 500, { title: 'Internal error', code: 'internal', reference });
  const texts = messages(c.var.locale);
  return page(c, 500, texts.failed, texts.failedHelp, reference);
}

export function answerNotFound(c: Context<AppEnv>): Response | Promise<Response> {
  if (wantsJson(c)) return problem(c, 404, { title: 'Not found', code: 'not_found' });
  const texts = messages(c.var.locale);
  return page(c, 404, texts.notFound, texts.notFoundHelp);
}

/** A short word to read to support, such as `7K2-41F`. */
export function newReference(): string {
  const label = randomLabel(4).toUpperCase();
  return `${label.slice(0, 3)}-${label.slice(3, 6)}`;
}

function answerRefusal(c: Context<AppEnv>, error: AppError): Response | Promise<Response> {
  const field = error.field === undefined ? {} : { field: error.field };
  if (wantsJson(c)) return problem(c, error.status, { title: error.message, code: error.code, ...field });
  return page(c, error.status, messages(c.var.locale).refused, error.message);
}

function answerStatus(c: Context<AppEnv>, error: HTTPException): Response | Promise<Response> {
  if (wantsJson(c)) return problem(c, error.status, { title: error.message });
  return page(c, error.status, messages(c.var.locale).refused, error.message);
}

function wantsJson(c: Context<AppEnv>): boolean {
  return c.req.path.startsWith('/api/') || (c.req.header('accept') ?? '').includes('json');
}

/** Listeners whose `/` is a page; elsewhere a way home would lead nowhere. */
const homes = new Set<ListenerName>(['portal', 'directory', 'sandbox']);

function page(c: Context<AppEnv>, status: number, title: string, help: string, reference?: string) {
  const texts = messages(c.var.locale);
  const home =
    homes.has(c.var.site.name) &&
    html`<div class="actions">${button({ label: texts.home, kind: 'secondary', href: '/' })}</div>`;
  const line = reference
    ? html`<p class="reference">${texts.reference} <strong class="nowrap">${reference}</strong></p>`
    : '';
  return renderPage(c, {
    title,
    status,
    width: 'narrow',
    body: html`<h1>${title}</h1><p class="lead">${help}</p>${home}${line}`,
  });
}
