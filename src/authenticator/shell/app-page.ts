import { type Html, html, raw } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { assetUrl } from '#platform/http/assets.ts';
import type { AppBuild } from './app-build.ts';
import { shellMessages } from './messages.ts';

const mark = raw(
  '<svg class="mark" viewBox="0 0 50 14" aria-hidden="true"><path d="M7 7h36" stroke="currentColor" stroke-width="3"/><g fill="currentColor"><circle cx="7" cy="7" r="6.5"/><circle cx="25" cy="7" r="6.5"/><circle cx="43" cy="7" r="6.5"/></g></svg>',
);

export interface AppPage {
  locale: Locale;
  build: AppBuild;
  sandbox: boolean;
  /** Page of the directory where contact details are changed; its link is absent without it. */
  contactDetailsUrl: string | undefined;
}

/** The one document of the app; all else is drawn by its script, from what the phone and the server know. */
export function renderAppPage({ locale, build, sandbox, contactDetailsUrl }: AppPage): Html {
  const texts = shellMessages(locale);
  const font = assetUrl('fonts/atkinson-hyperlegible-next.woff2');
  return html`<!doctype html>
<html lang="${locale}"${sandbox && html` data-sandbox`}${contactDetailsUrl && html` data-contact-details="${contactDetailsUrl}"`}>
<head>
<meta charset="utf-8">
<title>e-CPS</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f4f7f6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0d181b" media="(prefers-color-scheme: dark)">
<meta name="description" content="${texts.description}">
<link rel="manifest" href="/manifest.webmanifest?lang=${locale}">
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/app/icon-180.png">
<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>
<link rel="modulepreload" href="/app/${build.texts[locale]}">
<link rel="stylesheet" href="/app/${build.style}">
<script type="module" src="/app/${build.script}"></script>
</head>
<body>
<div id="app"><header class="app-header"><p class="app-name">${mark}<span>e-CPS</span></p></header><noscript><main class="screen"><h1>${texts.needsScript}</h1><p class="lead">${texts.needsScriptHelp}</p></main></noscript></div>
</body>
</html>`;
}
