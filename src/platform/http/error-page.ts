import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { findStoreFault } from '../database/store-fault.ts';
import { AppError } from '../errors.ts';
import { button, keepTogether } from '../html/components.ts';
import { type Html, html } from '../html/html.ts';
import { defineMessages } from '../html/messages.ts';
import { renderPage } from '../html/page.ts';
import type { Logger } from '../logger.ts';
import { errors } from './http-errors.ts';
import { problem } from './problem.ts';
import { referenceOf } from './reference.ts';
import type { AppEnv, ListenerName } from './site.ts';

const messages = defineMessages({
  fr: {
    notFound: 'Cette page n’existe pas',
    refused: 'Cette demande ne peut pas aboutir',
    refusedHelp:
      'Revenez en arrière et réessayez. Si cela se répète, donnez ce code et l’heure à l’assistance.',
    failed: 'Quelque chose n’a pas fonctionné chez nous',
    notKept: 'Nous ne pouvons rien enregistrer pour le moment',
    reference: 'Référence',
    code: 'Code',
    home: 'Revenir à l’accueil',
  },
  en: {
    notFound: 'This page does not exist',
    refused: 'This request cannot be completed',
    refusedHelp: 'Go back and try again. If it happens again, give this code and the time to support.',
    failed: 'Something went wrong on our side',
    notKept: 'Nothing can be saved at the moment',
    reference: 'Reference',
    code: 'Code',
    home: 'Back to the home page',
  },
});

/** Until somebody has made room, or a database is back. */
const retrySeconds = 60;

type Answer = Response | Promise<Response>;

/**
 * An `AppError` may show its sentence; everything else is a 500 with a reference that the log holds too, or a 503
 * where nothing can be kept.
 */
export function answerError(c: Context<AppEnv>, error: Error, logger: Logger): Answer {
  if (error instanceof AppError) return answerRefusal(c, error);
  if (error instanceof HTTPException) return answerStatus(c, error);
  const reference = referenceOf(c.env.incoming);
  const fault = findStoreFault(error);
  logger.error({ reference, err: error, ...(fault && { store: fault }) }, 'request failed');
  if (!wantsJson(c)) return renderFailure(c, reference, error);
  return answerProblem(c, errors(fault ? 'store.unavailable' : 'internal'), reference);
}

/** Our own fault: what to do now, and the reference under which the log tells more. */
export function renderFailure(c: Context<AppEnv>, reference: string, cause?: unknown): Answer {
  const { failed, notKept } = messages(c.var.locale);
  const isStore = findStoreFault(cause) !== undefined;
  if (isStore) c.header('retry-after', String(retrySeconds));
  const error = errors(isStore ? 'store.unavailable' : 'internal');
  return page(c, error, isStore ? notKept : failed, referenceLine(c, reference));
}

export function answerNotFound(c: Context<AppEnv>): Answer {
  const error = errors('not_found');
  return wantsJson(c) ? answerProblem(c, error) : page(c, error, messages(c.var.locale).notFound);
}

/** The line that a person reads to support. */
export function referenceLine(c: Context<AppEnv>, reference: string): Html {
  return shownLine(messages(c.var.locale).reference, reference);
}

function answerRefusal(c: Context<AppEnv>, error: AppError): Answer {
  if (wantsJson(c)) return answerProblem(c, error);
  const { refused, code } = messages(c.var.locale);
  return page(c, error, refused, error.person ? undefined : shownLine(code, codeOf(error)));
}

const codeOf = ({ code, field }: AppError): string => (field === undefined ? code : `${code} · ${field}`);

function answerProblem(c: Context<AppEnv>, { status, message, code, field }: AppError, reference?: string) {
  return problem(c, status, {
    title: message,
    code,
    ...(field === undefined ? {} : { field }),
    ...(reference === undefined ? {} : { reference }),
  });
}

/** What Hono itself refuses. */
function answerStatus(c: Context<AppEnv>, { status, message }: HTTPException): Answer {
  const error = new AppError('request.invalid', { status, support: message });
  return answerRefusal(c, error);
}

function wantsJson(c: Context<AppEnv>): boolean {
  return c.req.path.startsWith('/api/') || (c.req.header('accept') ?? '').includes('json');
}

/** Listeners whose `/` is a page; elsewhere a way home would lead nowhere. */
const homes = new Set<ListenerName>(['portal', 'directory', 'sandbox']);

function page(c: Context<AppEnv>, { status, person }: AppError, title: string, line?: Html): Answer {
  const { home, refusedHelp } = messages(c.var.locale);
  const wayHome =
    homes.has(c.var.site.name) &&
    html`<div class="actions">${button({ label: home, kind: 'secondary', href: '/' })}</div>`;
  const help = person?.[c.var.locale] ?? refusedHelp;
  return renderPage(c, {
    title,
    status,
    width: 'narrow',
    body: html`<h1>${title}</h1><p class="lead">${help}</p>${wayHome}${line}`,
  });
}

const shownLine = (label: string, word: string): Html =>
  html`<p class="reference">${label} <strong>${keepTogether(word)}</strong></p>`;
