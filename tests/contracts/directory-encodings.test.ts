import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { extractHeader, formatExtractRow } from '#directory';
import { claire, openContactDesk } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { makeZip } from '../support/make-zip.ts';
import { restrictedHeader, restrictedNurse, restrictedRow } from '../support/restricted-rows.ts';

const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'Latin-1': (text) => Buffer.from(text, 'latin1'),
  // Of what Windows-1252 has beyond Latin-1, the one letter of French names.
  'Windows-1252': (text) =>
    Buffer.from(text.replace('LÉGER', 'LÉGER-CŒUR').replaceAll('Œ', '\x8c'), 'latin1'),
};

const packings: Record<string, (name: string, content: Buffer) => [name: string, content: Buffer]> = {
  plain: (name, content) => [name, content],
  gzipped: (name, content) => [`${name}.gz`, gzipSync(content)],
  zipped: (name, content) => ['archive.zip', makeZip({ [name]: content })],
};

const row = { ...person(claire.value, { familyName: 'LÉGER' }), ...liberal, ...practice('R95141') };
const restricted = { ...restrictedNurse(claire.value), "Nom d'exercice": 'LÉGER' };
const mailbox = 'Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|';
const lines: Record<string, string[]> = {
  Personne_activite: [extractHeader, formatExtractRow(row)],
  Extraction_ProSanteConnect_Personne_activite: [`${restrictedHeader.join('|')}|`, restrictedRow(restricted)],
  Extraction_Correspondance_MSSante: [
    `${mailbox}Type identifiant structure|Identification Structure|Service de rattachement|Dématérialisation`,
    `PER|c@pro.mssante.fr|8|${claire.value}|8${claire.value}|||Léger|O`,
  ],
};

forEachEngine((engine) => {
  for (const [encoding, encode] of Object.entries(encodings)) {
    test(`every kind of file is read in ${encoding}, plain and out of archives`, async (t) => {
      const open = await openContactDesk(t, engine);
      const expected = encoding === 'Windows-1252' ? 'LÉGER-CŒUR' : 'LÉGER';
      const read = async (name: string, all: readonly string[], pack: (typeof packings)[string]) => {
        const [file, content] = pack(name, encode(all.map((line) => `${line}\n`).join('')));
        await writeFile(join(open.data, file), content);
        return join(open.data, file);
      };
      for (const pack of Object.values(packings)) {
        for (const [kind, all] of Object.entries(lines)) {
          const path = await read(`${kind}_202609090300.txt`, all, pack);
          const { files } = await open.directory.importExtracts([path], { accept: true });
          assert.deepEqual([files[0]?.kind, files[0]?.rows, files[0]?.skippedCount], [kind, 1, 0]);
          const found = await open.directory.findPractitioner(claire);
          assert.equal(found?.practitioner.familyName, expected, `${kind} in ${path}`);
        }
        const links = await read('l.csv', ['N° ADELI;N° RPPS', `996000019;${claire.value}`], pack);
        assert.equal((await open.directory.importLinks(links)).imported, 1);
        const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
        const contacts = await read('c.csv', [header, `${claire.value};c@example.org;0639980001`], pack);
        assert.equal((await open.desk.importFile(contacts)).imported, 1);
      }
    });
  }
});
