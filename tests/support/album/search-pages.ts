import type { TestServer } from '../start-test-server.ts';
import type { Camera } from './album.ts';

/** The search for people, what it finds and what it does not, and the page of a person. */
export async function takeSearch({ urls }: TestServer, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const open = (path: string) => browser.open(new URL(path, urls.directory));
  const results = await take('directory: results', open('/professionnels?nom=marchand'));
  const [, person = ''] = /href="(\/professionnels\/003-[^"]+)"/.exec(results.text) ?? [];
  await take('directory: a person', open(person));
  await take('directory: nobody found', open('/professionnels?nom=marchand&ville=zzz&profession=60'));
  await take('directory: nothing asked', open('/professionnels'));
  const answer = await open('/fhir/v2/Practitioner?active=false&_count=1');
  const { entry } = JSON.parse(answer.text) as { entry: { resource: { id: string } }[] };
  await take('directory: somebody who left', open(`/professionnels/${entry[0]?.resource.id}`));
}
