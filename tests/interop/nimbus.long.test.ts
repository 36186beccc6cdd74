import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { isInstalled, testProgram } from '../support/client-program.ts';
import { temporaryDirectory } from '../support/databases.ts';

const folder = new URL('programs/nimbus/', import.meta.url).pathname;

/** Its jar and what that needs; false where Maven cannot get them. */
function fetchJars(into: string): boolean {
  const args = [
    '-q',
    '-B',
    '-f',
    `${folder}pom.xml`,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${into}`,
  ];
  return spawnSync('mvn', args, { stdio: 'ignore', timeout: 90_000 }).status === 0;
}

const hasTools = isInstalled('mvn', '--version') && isInstalled('javac', '-version');
const skip = hasTools ? false : 'Java is not installed here (Debian: maven, default-jdk-headless).';

test('a Java client written with Nimbus signs in, renews its tokens and signs out', { skip }, async (t) => {
  const jars = await temporaryDirectory(t);
  if (!fetchJars(jars)) return t.skip('Maven reaches no repository from here.');
  await testProgram(t, 'java', ['-cp', `${jars}/*`, `${folder}Client.java`]);
});
