import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailBlocks } from './mail-blocks.ts';

test('a mail is read block by block, in its order', () => {
  const html = `<!doctype html><html><head><title>x</title><style>p { color: red }</style></head><body>
<p><span aria-hidden="true">●–●</span>&nbsp; e-CPS</p><h1>Activez</h1><p style="x">Bonjour&nbsp;<b>Claire</b></p>
<p><a class="a" href="http://localhost:4003/activation#m.t">Démarrer l&#39;activation</a></p>
<p><img src="data:image/png;base64,AAAA" alt="QR code" width="208"></p></body></html>`;
  assert.deepEqual(readMailBlocks(html), [
    [{ kind: 'text', text: 'e-CPS' }],
    [{ kind: 'text', text: 'Activez' }],
    [
      { kind: 'text', text: 'Bonjour\u00a0' },
      { kind: 'text', text: 'Claire' },
    ],
    [{ kind: 'link', text: "Démarrer l'activation", href: 'http://localhost:4003/activation#m.t' }],
    [{ kind: 'picture', text: 'QR code', source: 'data:image/png;base64,AAAA' }],
  ]);
});

test('links that run something and pictures from elsewhere do not come along', () => {
  const html =
    '<p><a href="javascript:alert(1)">ici</a><img src="https://evil.example/x.png"><script>alert(1)</script></p>';
  assert.deepEqual(readMailBlocks(html), [[{ kind: 'text', text: 'ici' }]]);
});
