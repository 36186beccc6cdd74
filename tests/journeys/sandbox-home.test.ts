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

const frameOf = (html: string): string | undefined =>
  /<iframe [^>]*src="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');

test('the phone opens in a frame as the person’s, or as nobody’s, and follows the person', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  const home = await browser.open(site.url);
  assert.equal(frameOf(home.text), undefined);
  const nobodys = await browser.submit(home.url, '/telephone');
  assert.match(frameOf(nobodys.text) ?? '', /^http:\/\/localhost:4003\/#bac-a-sable=default&monde=\w+$/);
  assert.match(nobodys.text, /title="Téléphone"[^>]* allow="camera; clipboard-read; clipboard-write"/);
  const hers = await browser.submit(home.url, '/personne', { persona: 'infirmiere-adeli' });
  assert.match(frameOf(hers.text) ?? '', /#bac-a-sable=infirmiere-adeli&monde=\w+$/);
  assert.match(hers.text, /Le téléphone de Claire Fontaine/);
});

test('the home, and no other page, may frame the app and lend it the camera', async (t) => {
  const site = await openSandboxSite(t);
  const { headers } = await fetch(site.url);
  assert.match(headers.get('content-security-policy') ?? '', /; frame-src http:\/\/localhost:4003$/);
  assert.match(headers.get('permissions-policy') ?? '', /camera=\("http:\/\/localhost:4003"\)/);
  const other = await fetch(new URL('/portail', site.url));
  assert.doesNotMatch(other.headers.get('content-security-policy') ?? '', /frame-src/);
  assert.match(other.headers.get('permissions-policy') ?? '', /camera=\(\)/);
});

test('an address of the app is loaded once, with the person’s store; no other address is', async (t) => {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  const { url } = await browser.open(site.url);
  await browser.submit(url, '/personne', { persona: 'infirmiere-adeli' });
  const adresse = 'http://localhost:4003/activation#m.token';
  const opened = await browser.submit(url, '/telephone/adresse', { adresse });
  assert.match(frameOf(opened.text) ?? '', /\/activation#m\.token&bac-a-sable=infirmiere-adeli&monde=\w+$/);
  assert.match(frameOf((await browser.open(url)).text) ?? '', /4003\/#bac-a-sable=infirmiere-adeli/);
  for (const foreign of ['https://evil.example/', 'http://localhost:4003/ce-n-est-pas-moi/t', 'x', '']) {
    const answer = await browser.submit(url, '/telephone/adresse', { adresse: foreign });
    assert.equal(answer.status, 400, foreign);
  }
});

test('a window is opened by a page that stays on this origin', async (t) => {
  const site = await openSandboxSite(t);
  const leaving = await fetch(new URL('/telephone/fenetre', site.url), {
    method: 'POST',
    headers: { origin: site.url.origin, 'sec-fetch-site': 'same-origin' },
  });
  assert.equal(leaving.status, 200);
  assert.match(await leaving.text(), /content="0; url=http:\/\/localhost:4003\/#bac-a-sable=default/);
});

test('a mail is shown in its own clothes, where nothing runs', async (t) => {
  const site = await openSandboxSite(t);
  const html = '<p style="color:red">Bonjour <a href="http://localhost:4003/">ici</a></p>';
  await site.database.write((unit) => site.mails.send(unit, { to: 'a@b.fr', subject: 'x', text: 'x', html }));
  const [mail] = await site.mails.latest({});
  const answer = await fetch(new URL(`/mails/${mail?.id}`, site.url));
  assert.match(
    answer.headers.get('content-security-policy') ?? '',
    /^default-src 'none'.*sandbox allow-popups/,
  );
  assert.match(await answer.text(), /<a target="_blank" rel="noopener" href="http:\/\/localhost:4003\/">/);
  assert.equal((await fetch(new URL('/mails/mai_unknown', site.url))).status, 404);
});
