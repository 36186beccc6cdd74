import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organization, practitioner, role } from '../support/fhir-directory.ts';
import { startPortalSite } from '../support/portal-site.ts';

const script = '"><script>alert(1)</script>';

test('names of claims and of the directory are text, never markup', async (t) => {
  const { directory, signIn } = await startPortalSite(t);
  directory.answer((request) =>
    request.pathname.endsWith('/Practitioner')
      ? [practitioner()]
      : [
          role('r1', 'o1'),
          organization('o1', script, {
            alias: [`${script}2`],
            telecom: [{ system: 'phone', value: script }],
            address: [{ line: [script], city: script }],
          }),
        ],
  );
  const { page } = await signIn({ SubjectNameID: '899700000013', given_name: script, family_name: script });
  assert.equal(page.status, 200);
  assert.match(page.text, /<article/);
  assert.doesNotMatch(page.text, /<script>alert/);
});

test('an identifier in claims cannot widen the search in the directory', async (t) => {
  const { directory, signIn } = await startPortalSite(t);
  for (const SubjectNameID of [
    '899700000013,899700000021',
    '8997|x',
    '*',
    '8',
    '',
    '899700000013&_count=1',
  ]) {
    await signIn({ SubjectNameID });
  }
  assert.deepEqual(directory.requests, []);
});

test('a session of one browser opens nothing in another', async (t) => {
  const { site, signIn } = await startPortalSite(t);
  await signIn({ SubjectNameID: '0991234568' });
  for (const value of ['', 'x', '%00', '../', 'a'.repeat(4000)]) {
    const answer = await fetch(new URL('/professionnel/lieux', site), {
      headers: { cookie: `portal_session=${value}` },
      redirect: 'manual',
    });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), '/professionnel/connexion');
  }
});

test('pages about a person are stored nowhere and framed by nobody', async (t) => {
  const { signIn } = await startPortalSite(t);
  const { page } = await signIn({ SubjectNameID: '0991234568' });
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/);
});

test('the cookies are out of reach for scripts and for posts from other sites', async (t) => {
  const { browser, site } = await (async () => {
    const portal = await startPortalSite(t);
    const { browser } = await portal.signIn({ SubjectNameID: '0991234568' });
    return { browser, site: portal.site };
  })();
  const cookies = await browser.jar.getCookies(site.href);
  const session = cookies.find(({ key }) => key === 'portal_session');
  assert.equal(session?.httpOnly, true);
  assert.equal(session?.sameSite, 'lax');
  assert.equal(session?.expires, 'Infinity', 'until the browser is closed');
});
