import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderChain } from './chain.ts';
import { choiceCard, field, keepTogether, notice, numberText, pickList } from './components.ts';
import type { Html } from './html.ts';

const plain = async (markup: Html) => String(await markup).replace(/<[^>]+>/g, '');

test('a choice card is named by its label alone and described by its line', async () => {
  const markup = String(
    await choiceCard({
      id: 'card',
      icon: 'id-card',
      label: 'Carte CPS',
      line: 'Votre carte',
      name: 'means',
      value: 'card',
    }),
  );
  const control = /<button[^>]*aria-describedby="card-line"[^>]*>(.*?)<\/button>/s.exec(markup)?.[1] ?? '';
  assert.equal(control.replace(/<svg.*?<\/svg>|<[^>]+>/gs, ''), 'Carte CPS');
  assert.match(markup, /<p id="card-line">Votre carte<\/p>/);
});

test('a person to pick is named by the name alone', async () => {
  const entries = [
    { id: 'p', value: 'x', label: 'Claire Fontaine', line: 'Infirmière', initials: 'CF', chosen: true },
  ];
  const markup = String(await pickList({ label: 'Personnes', name: 'persona', entries }));
  const control = /<button[^>]*aria-current="true"[^>]*>(.*?)<\/button>/s.exec(markup)?.[1] ?? '';
  assert.equal(control.replace(/<[^>]+>/g, ''), 'Claire Fontaine');
});

test('numbers stay plain text, however they are grouped', async () => {
  assert.equal(await plain(numberText('rpps', '99700000013')), '99700000013');
  assert.equal(await plain(numberText('phone', '0297000012345')), '0297000012345');
  assert.equal(
    String(await numberText('code', '482917')),
    '<span class="number"><span>482</span><span>917</span></span>',
  );
});

test('what keeps together is not altered', async () => {
  for (const text of ['Je n’ai pas encore de e-CPS', 'Est-ce bien vous ?', 'a « b » : c', '']) {
    assert.equal(await plain(keepTogether(text)), text);
  }
  assert.equal(String(await keepTogether('ma e-CPS ?')), 'ma <span class="nowrap">e-CPS ?</span>');
});

test('values are escaped', async () => {
  assert.match(String(await notice({ kind: 'info', body: '<b>&"' })), /&lt;b&gt;&amp;&quot;/);
  assert.match(
    String(await field({ name: 'a', label: 'A', value: '"><script>' })),
    /value="&quot;&gt;&lt;script&gt;"/,
  );
});

test('a field ties hint and error to its input', async () => {
  const markup = String(
    await field({ name: 'pin', label: 'Code porteur', hint: 'Quatre chiffres', error: 'Faux' }),
  );
  assert.match(markup, /<label for="pin">Code porteur<\/label>/);
  assert.match(markup, /<input id="pin"[^>]*aria-describedby="pin-hint pin-error" aria-invalid="true">/);
});

test('the chain says each link in words, in its order', async () => {
  const node = (title: string) => ({ icon: 'id-card', title, detail: 'd', state: 'sound' }) as const;
  const text = await plain(
    renderChain({ nodes: [node('A'), node('B'), node('C')], links: ['cut', 'sound'] }),
  );
  assert.match(text, /A d.*\(lien rompu\) B d.*\(lien établi\) C d/);
});
