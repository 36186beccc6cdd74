import type { Defence } from './defence.ts';

const [keyboard, everyPage, withoutScripts] = [
  ['tests/browser/keyboard.test.ts'],
  ['tests/browser/accessibility.test.ts'],
  ['tests/browser/without-javascript.test.ts'],
];

/** Access for all: what whoever sees, hears or presses otherwise relies on. */
export const defences: Defence[] = [
  {
    name: 'what has the focus shows',
    file: 'web/assets/styles/2-base.css',
    from: 'outline: 3px solid var(--brand);',
    to: 'outline: 0;',
    tests: keyboard,
  },
  {
    name: 'several errors are summed up where the focus is',
    file: 'src/platform/html/fields.ts',
    from: 'role="alert" tabindex="-1" autofocus>',
    to: 'role="alert">',
    tests: everyPage,
  },
  {
    name: 'an error is tied to its field',
    file: 'src/platform/html/fields.ts',
    from: ".filter(Boolean).join(' ')",
    to: ".slice(0, 0).join(' ')",
    tests: everyPage,
  },
  {
    name: 'a name says that something is wrong',
    file: 'src/platform/html/page.ts',
    from: 'status === 422 ?',
    to: 'status === 0 ?',
    tests: everyPage,
  },
  {
    name: 'nothing moves where motion is unwelcome',
    file: 'web/assets/styles/2-layout.css',
    from: '(prefers-reduced-motion: no-preference)',
    to: 'all',
    tests: everyPage,
  },
  {
    name: 'a long word breaks',
    file: 'web/assets/styles/3-places.css',
    from: '.place h2 {\n  overflow-wrap: anywhere;',
    to: '.place h2 {\n  white-space: nowrap;',
    tests: everyPage,
  },
  {
    name: 'secondary text keeps its contrast in the dark',
    file: 'web/assets/styles/1-tokens.css',
    from: '--ink-2: #b7c9cd;',
    to: '--ink-2: #3b535d;',
    tests: everyPage,
  },
  {
    name: 'without scripts a page that waits reads itself again',
    file: 'src/platform/html/page.ts',
    from: 'return refresh.withoutScript ?',
    to: 'if (refresh.withoutScript) return undefined;\n  return refresh.withoutScript ?',
    tests: withoutScripts,
  },
  {
    name: 'without scripts a button draws a new QR code',
    file: 'src/repair/page-parts.ts',
    from: 'address.redraw && html',
    to: 'false && html',
    tests: withoutScripts,
  },
];
