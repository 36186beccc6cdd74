import type { Locale } from '#platform/html/messages.ts';
import { shellMessages } from './messages.ts';

/** Web Application Manifest (W3C): what makes the app installable. */
export function webManifest(locale: Locale): object {
  return {
    id: '/',
    start_url: '/',
    scope: '/',
    name: 'e-CPS',
    short_name: 'e-CPS',
    description: shellMessages(locale).description,
    lang: locale,
    display: 'standalone',
    orientation: 'portrait',
    background_color: '#f4f7f6',
    theme_color: '#f4f7f6',
    categories: ['medical', 'security'],
    // An activation link that the phone gives to the app opens in its window, not in a second one.
    launch_handler: { client_mode: ['navigate-existing', 'auto'] },
    handle_links: 'preferred',
    icons: [
      { src: '/app/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/app/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/app/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/assets/mark.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  };
}
