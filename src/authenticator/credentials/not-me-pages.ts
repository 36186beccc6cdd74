import { type Context, Hono } from 'hono';
import { button, notice } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Parts } from '../parts.ts';
import { notMePath } from '../wire.ts';
import { notMeMessages } from './messages.ts';
import { block, findNotMeSubject, type NotMeSubject } from './not-me.ts';

/** **Ce n'est pas moi** in a mail: opening the page changes nothing (scanners open links), its button does. */
export function createNotMePages(parts: Parts): Hono<AppEnv> {
  const pages = new Hono<AppEnv>();
  pages.get(`${notMePath}/:token`, async (c) => {
    const subject = await findNotMeSubject(parts, c.req.param('token'));
    return subject ? renderQuestion(c, subject) : renderOver(c);
  });
  pages.post(`${notMePath}/:token`, async (c) => {
    const blocked = await block(parts, c.req.param('token'));
    return blocked ? renderBlocked(c, blocked) : renderOver(c);
  });
  return pages;
}

function renderQuestion(c: Context<AppEnv>, subject: NotMeSubject) {
  const texts = notMeMessages(c.var.locale);
  const isEnrolment = subject.kind === 'enrolment';
  const { device, at } = isEnrolment
    ? { device: subject.enrolment.device, at: subject.enrolment.createdAt }
    : { device: subject.credential.device, at: subject.credential.activatedAt };
  const date = formatDate(at, c.var.locale);
  return renderPage(c, {
    title: texts.title,
    body: html`<h1>${texts.title}</h1>
<p class="lead">${isEnrolment ? texts.enrolment(device, date) : texts.credential(device, date)}</p>
<p>${isEnrolment ? texts.enrolmentHelp : texts.credentialHelp}</p>
<form method="post"><div class="actions">${button({ label: texts.block })}</div></form>`,
  });
}

function renderBlocked(c: Context<AppEnv>, kind: NotMeSubject['kind']) {
  const texts = notMeMessages(c.var.locale);
  const body = kind === 'enrolment' ? texts.enrolmentBlocked : texts.credentialBlocked;
  return renderPage(c, {
    title: texts.blocked,
    body: html`<h1>${texts.blocked}</h1>${notice({ kind: 'ok', body, role: 'status' })}`,
  });
}

function renderOver(c: Context<AppEnv>) {
  const texts = notMeMessages(c.var.locale);
  return renderPage(c, {
    title: texts.over,
    status: 410,
    body: html`<h1>${texts.over}</h1><p class="lead">${texts.overHelp}</p>`,
  });
}
