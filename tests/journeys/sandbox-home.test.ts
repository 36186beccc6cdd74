import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openSandboxSite } from '../support/sandbox-site.ts';

test('choosing a person puts her card into the reader; it is taken out and put back', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  const home = await browser.open(site.url);
  assert.match(home.text, /aria-label="Personnes"/);
  assert.match(home.text, /<span>Claire Fontaine<\/span><\/button>/);
  assert.doesNotMatch(home.text, /Retirer sa carte|Insérer sa carte/);

  const chosen = await browser.submit(home.url, '/personne', { persona: 'infirmiere-adeli' });
  assert.match(chosen.text, /Retirer sa carte/);
  assert.match(chosen.text, /1234/);
  const out = await browser.submit(home.url, '/carte/retirer');
  assert.match(out.text, /Insérer sa carte/);
  assert.match((await browser.submit(home.url, '/carte/inserer')).text, /Retirer sa carte/);
  const without = await browser.submit(home.url, '/personne', { persona: 'infirmier-ecps-expiree' });
  assert.doesNotMatch(without.text, /Retirer sa carte|Insérer sa carte/);
});

test('the portal opens in a tab of its own, by a form that stays on this origin', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  assert.match((await browser.open(site.url)).text, /action="\/portail" target="portail"/);
  const leaving = await (await browser.request(new URL('/portail', site.url))).text();
  assert.match(leaving, /content="0; url=http:\/\/localhost:4000\/professionnel\/connexion"/);
});

test('mails, messages and events are shown in words, in both languages', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  await site.database.write(async (unit) => {
    const html =
      '<p>Bonjour &lt;b&gt;</p><p><a href="http://localhost:4003/activation#m.t">Démarrer</a></p><p><a href="http://localhost:4003/ce-n-est-pas-moi/t">Ce n’est pas moi</a></p>';
    await site.mails.send(unit, { to: 'claire@example.fr', subject: 'Activez', text: 'Bonjour', html });
    await site.sms.send(unit, { to: '0639980142', text: 'Code 482917' });
  });
  const home = await browser.open(site.url);
  const chosen = await browser.submit(home.url, '/personne', { persona: 'infirmiere-adeli' });
  assert.match(chosen.text, /Activez/);
  assert.match(chosen.text, /Bonjour &lt;b&gt;/);
  assert.match(
    chosen.text,
    /<a [^>]*href="http:\/\/localhost:4003\/activation#m\.t" target="_blank"[^>]*>Démarrer<\/a>/,
  );
  assert.equal(chosen.text.match(/Ouvrir sur son téléphone/g)?.length, 1);
  assert.match(chosen.text, /<span>482<\/span><span>917<\/span>/);
  assert.match(chosen.text, /carte insérée/);
  assert.match((await browser.open(new URL('/?lang=en', site.url))).text, /card inserted/);
});

test('the clock is advanced and everything is reset from the page', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  const home = await browser.open(site.url);
  await browser.submit(home.url, '/personne', { persona: 'infirmiere-adeli' });
  const later = await browser.submit(home.url, '/horloge', { advance: '86400000' });
  assert.match(later.text, /en avance de 1 jour/);
  assert.equal(site.clock.aheadMs, 86_400_000);
  const reset = await browser.submit(home.url, '/remise-a-zero');
  assert.equal(site.clock.aheadMs, 0);
  assert.match(reset.text, /horloge réelle/);
  assert.doesNotMatch(reset.text, /Retirer sa carte/);
  assert.doesNotMatch(reset.text, /carte insérée/);
});

test('the certificate authority can be downloaded', async (t) => {
  const site = await openSandboxSite(t);
  const answer = await fetch(new URL('/autorite.pem', site.url));
  assert.match(await answer.text(), /^-----BEGIN CERTIFICATE-----/);
});
