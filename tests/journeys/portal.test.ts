import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { employedCodes, locumCodes, organization, practitioner, role } from '../support/fhir-directory.ts';
import { startPortalSite } from '../support/portal-site.ts';

const claire = {
  SubjectNameID: '899700000013',
  given_name: 'Claire',
  family_name: 'Fontaine',
  codeCivilite: 'MME',
  authMode: 'CARD',
};
const repair = (cause: string | null, directory: object = {}) => ({
  cause,
  uri: 'http://localhost:4002/reparation',
  steps: cause ? [cause] : [],
  chain: {
    signedIn: { method: 'card', kind: 'rpps' },
    directory: { rpps: null, places: null, asOf: '2026-11-23T00:00:00.000Z', ...directory },
    ecps: 'none',
  },
});

const isPractitioner = (request: URL) => request.pathname.endsWith('/Practitioner');
const h1 = (text: string) => /<h1>(.*?)<\/h1>/.exec(text)?.[1]?.replaceAll('&#39;', "'");
const plain = (text: string) =>
  text
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const byTestId = (text: string, id: string) =>
  new RegExp(`<(\\w+)[^>]*data-testid="${id}"[^>]*>(.*?)</\\1>`, 's').exec(text)?.[2];

describe('before the sign-in', () => {
  test('the first page says what this is and leads to the issuer', async (t) => {
    const { site, issuer } = await startPortalSite(t);
    for (const path of ['/', '/professionnel/connexion']) {
      const page = await createCookieBrowser().open(new URL(path, site));
      assert.equal(h1(page.text), 'Retrouvez vos lieux d’exercice');
      const href = /<a class="button primary" href="([^"]+)"><span>Connexion<\/span>/.exec(page.text)?.[1];
      const response = await createCookieBrowser().request(new URL(href ?? '', site));
      assert.equal(new URL(response.headers.get('location') ?? '').origin, issuer.url.origin);
    }
  });

  test('the page about places leads those who are not signed in to the sign-in page', async (t) => {
    const { site } = await startPortalSite(t);
    const page = await createCookieBrowser().open(new URL('/professionnel/lieux', site));
    assert.equal(page.url.pathname, '/professionnel/connexion');
    assert.doesNotMatch(page.text, /Votre session a pris fin/);
  });

  test('somebody whose session has run out is told so', async (t) => {
    const { site, signIn, clock } = await startPortalSite(t);
    const { browser } = await signIn(claire);
    clock.setAhead(31 * 60_000);
    const page = await browser.open(new URL('/professionnel/lieux', site));
    assert.equal(page.url.pathname, '/professionnel/connexion');
    assert.match(page.text, /Votre session a pris fin/);
  });

  test('somebody who is signed in finds the way to their places', async (t) => {
    const { site, signIn } = await startPortalSite(t);
    const { browser } = await signIn(claire);
    const page = await browser.open(new URL('/professionnel/connexion', site));
    assert.match(page.text, /href="\/professionnel\/lieux"/);
    assert.match(plain(page.text), /Claire Fontaine/);
  });
});

describe('somebody with places', () => {
  test('reads her number, one article a place, and what the directory says of each', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    directory.answer((request) =>
      isPractitioner(request)
        ? [practitioner()]
        : [
            role('r1', 'o1'),
            role('r2', 'o2'),
            role('r3', 'o2', employedCodes),
            role('r4', 'closed'),
            role('r5', 'o1', { active: false }),
            organization('o1', 'Cabinet infirmier des Halles'),
            organization('o2', 'Maison de santé <Ploemeur>', { alias: ['MSP'], telecom: [], address: [] }),
            organization('closed', 'Cabinet fermé', { active: false }),
          ],
    );
    const { page } = await signIn({ ...claire, repair: repair(null) });
    assert.equal(page.url.pathname, '/professionnel/lieux');
    assert.equal(h1(page.text), "Mes lieux d'exercice");
    assert.equal(plain(byTestId(page.text, 'national-id') ?? ''), 'Numéro RPPS 99700000013');
    assert.match(plain(page.text), /Deux lieux, d’après l’annuaire du 23 novembre 2026\./);
    const articles = [...page.text.matchAll(/<article.*?<\/article>/gs)].map(([article]) => plain(article));
    assert.deepEqual(articles, [
      'Cabinet infirmier des Halles12 rue des Halles, 56100 LorientProfessionInfirmièreTéléphone0297000012Mode d’exerciceLibéral',
      'Maison de santé &lt;Ploemeur&gt;ProfessionInfirmièreMode d’exerciceLibéral, SalariéEnseigneMSP',
    ]);
    assert.match(page.text, /<form method="post" action="\/deconnexion"><button[^>]*>Déconnexion<\/button>/);
  });

  test('reads it in English where she asked for it', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    directory.answer((request) =>
      isPractitioner(request) ? [practitioner()] : [role('r1', 'o1'), organization('o1', 'Cabinet')],
    );
    const { page } = await signIn({ ...claire, repair: repair(null) }, '?lang=en');
    assert.equal(h1(page.text), 'My places of practice');
    assert.match(plain(page.text), /One place, according to the directory of 23 November 2026\./);
    assert.match(plain(page.text), /ProfessionNurseTelephone0297000012Mode of practiceSelf-employed/);
  });
});

describe('somebody without a place', () => {
  test('under an ADELI number reads the cause, the chain and the link that repairs', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    const { page } = await signIn({
      ...claire,
      SubjectNameID: '0991234568',
      repair: repair('legacy_adeli_identity', { rpps: '99700000013', places: 2 }),
    });
    assert.equal(h1(page.text), "Aucun lieu d'exercice");
    assert.equal(plain(byTestId(page.text, 'national-id') ?? ''), 'Numéro ADELI 991234568');
    assert.match(page.text, /data-testid="cause" data-code="legacy_adeli_identity"/);
    assert.equal(
      plain(byTestId(page.text, 'cause') ?? ''),
      'Vos lieux existent. Ils sont rangés sous votre numéro RPPS, et vous êtes entrée avec votre ancien numéro ADELI.',
    );
    const chain = plain(/<ol class="chain">.*?<\/ol>/s.exec(page.text)?.[0] ?? '');
    assert.match(
      chain,
      /Vous êtes entrée avec.*L’annuaire vous connaît sous.*RPPS 99700000013 · 2 lieux.*Votre e-CPS/,
    );
    assert.match(page.text, /<a [^>]*href="http:\/\/localhost:4002\/reparation"[^>]*>.*Réparer ma connexion/);
    assert.match(plain(page.text), /Cause : numéro d’entrée ancien · référence [A-Z2-7]{3}-[A-Z2-7]{3}/);
    assert.doesNotMatch(page.text, /<article/);
    assert.equal(directory.requests.length, 0, 'the directory has nothing under an ADELI number');
  });

  test('reads each cause that the issuer knows, under its own words, in both languages', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    directory.answer((request) => (isPractitioner(request) ? [practitioner({ active: false })] : []));
    const causes = [
      'identity_mismatch',
      'record_inactive',
      'no_rpps',
      'place_closed',
      'no_place_of_practice',
    ];
    const seen = new Set<string>();
    for (const cause of causes) {
      for (const query of ['?lang=fr', '?lang=en']) {
        const { page } = await signIn({ ...claire, repair: repair(cause) }, query);
        assert.match(page.text, new RegExp(`data-code="${cause}"`));
        seen.add(byTestId(page.text, 'cause') ?? '');
      }
    }
    assert.equal(seen.size, causes.length * 2);
  });

  test('as a locum or an employee reads why, and that nothing is wrong', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    directory.answer((request) =>
      isPractitioner(request) ? [practitioner()] : [role('r1', undefined, locumCodes)],
    );
    const locum = await signIn({ ...claire, repair: repair(null) });
    assert.equal(h1(locum.page.text), "Mes lieux d'exercice");
    assert.match(byTestId(locum.page.text, 'explanation') ?? '', /comme remplaçante/);
    const employee = await signIn({
      ...claire,
      SubjectNameID: '500000001815646/CPAT00045',
      repair: repair(null),
    });
    assert.match(byTestId(employee.page.text, 'explanation') ?? '', /salariée d’une structure/);
    const id = plain(byTestId(employee.page.text, 'national-id') ?? '');
    assert.equal(id, 'Identifiant 500000001815646/CPAT00045');
    for (const { page } of [locum, employee]) assert.doesNotMatch(page.text, /<article|data-testid="cause"/);
  });

  test('against an issuer without the scope reads what can be derived, and no link to a repair', async (t) => {
    const { directory, signIn } = await startPortalSite(t);
    directory.answer((request) => (isPractitioner(request) ? [practitioner()] : []));
    const adeli = await signIn({ ...claire, SubjectNameID: '0991234568' });
    assert.match(adeli.page.text, /data-code="legacy_adeli_identity"/);
    assert.match(plain(adeli.page.text), /le numéro ADELI de votre carte/);
    const rpps = await signIn(claire);
    assert.match(rpps.page.text, /data-code="no_place_of_practice"/);
    for (const { page } of [adeli, rpps]) assert.doesNotMatch(page.text, /Réparer ma connexion/);
  });
});

test('a directory that does not answer is said so, with a way to try again', async (t) => {
  const { site, directory, signIn } = await startPortalSite(t);
  directory.answer(() => ({ status: 503, body: '' }));
  const { browser, page } = await signIn(claire);
  assert.equal(page.status, 503);
  assert.equal(h1(page.text), 'L’annuaire ne répond pas');
  assert.match(page.text, /<a [^>]*href="\/professionnel\/lieux"[^>]*>.*Réessayer/);
  directory.answer((request) =>
    isPractitioner(request) ? [practitioner()] : [role('r1', 'o1'), organization('o1', 'Cabinet')],
  );
  assert.equal((await browser.open(new URL('/professionnel/lieux', site))).status, 200);
});
