import { type Context, Hono } from 'hono';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { activationPath } from '../wire.ts';
import { type AppFile, createAppBuild } from './app-build.ts';
import { renderAppPage } from './app-page.ts';
import { webManifest } from './manifest.ts';
import { shellMessages } from './messages.ts';

export interface ShellOptions {
  /** Origin that may show the app in a frame: the sandbox's home; nobody where absent. */
  frameAncestor?: string;
  /** Page of the directory where contact details are changed. */
  contactDetailsUrl?: string;
}

const oneYearSeconds = 31_536_000;

function contentSecurityPolicy(frameAncestor: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestor ?? "'none'"}`,
    "base-uri 'none'",
  ].join('; ');
}

/** The built app on its listener: its document at every address of its own, its files, manifest and service worker. */
export function createAppShell({ frameAncestor, contactDetailsUrl }: ShellOptions = {}): Hono<AppEnv> {
  const built = createAppBuild();
  const policy = contentSecurityPolicy(frameAncestor);
  const routes = new Hono<AppEnv>();

  async function answerDocument(c: Context<AppEnv>) {
    const build = built.find();
    if (!build) return answerNotBuilt(c);
    const { locale, site } = c.var;
    c.header('Content-Security-Policy', policy);
    c.header('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
    c.header('Cache-Control', 'no-cache');
    return c.html(renderAppPage({ locale, build, sandbox: site.sandbox, contactDetailsUrl }));
  }

  routes.get('/', answerDocument);
  routes.get(activationPath, answerDocument);
  routes.get('/manifest.webmanifest', (c) =>
    c.body(JSON.stringify(webManifest(c.var.locale)), 200, { 'Content-Type': 'application/manifest+json' }),
  );
  routes.get('/service-worker.js', (c) => answerFile(c, built.findFile('service-worker.js')));
  routes.get('/app/:name', (c) => answerFile(c, built.findFile(c.req.param('name'))));
  return routes;
}

function answerFile(c: Context<AppEnv>, file: AppFile | undefined): Response | Promise<Response> {
  if (!file) return c.notFound();
  c.header('Cache-Control', file.immutable ? `public, max-age=${oneYearSeconds}, immutable` : 'no-cache');
  c.header('ETag', file.etag);
  c.header('Content-Type', file.contentType);
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('If-None-Match') === file.etag) return c.body(null, 304);
  if (!file.gzip || !/\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')) return c.body(file.content);
  c.header('Content-Encoding', 'gzip');
  return c.body(file.gzip);
}

function answerNotBuilt(c: Context<AppEnv>): Response | Promise<Response> {
  const { notBuilt, notBuiltHelp } = shellMessages(c.var.locale);
  const body = html`<h1>${notBuilt}</h1><p class="lead">${notBuiltHelp}</p>`;
  return renderPage(c, { title: notBuilt, status: 503, body });
}
