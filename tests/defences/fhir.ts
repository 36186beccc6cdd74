import type { Defence } from './defence.ts';

const access = 'src/directory/fhir/limit-calls.ts';
const keys = 'src/directory/keys/api-keys.ts';
const keyTests = ['tests/journeys/fhir-keys.test.ts'];
const attacks = ['tests/attacks/fhir-keys.test.ts'];
const exportTests = ['tests/journeys/fhir-export.test.ts'];

export const defences: Defence[] = [
  {
    name: 'where keys are asked for nobody comes in without one',
    file: access,
    from: 'if (access.keysOnly && c.req.path !== openPath)',
    to: 'if (false)',
    tests: keyTests,
  },
  {
    name: 'a key that is none of ours is refused once there are any',
    file: access,
    from: 'if (key !== undefined && (access.keysOnly || (await keys.any())))',
    to: 'if (false)',
    tests: keyTests,
  },
  {
    name: 'calls beyond a limit are refused',
    file: access,
    from: 'if (left >= 0) return;',
    to: 'return;',
    tests: keyTests,
  },
  {
    name: 'a key that was revoked opens nothing',
    file: keys,
    from: ".where('key_hash', '=', '')\n      .where('revoked_at', 'is', null)",
    to: ".where('key_hash', '=', '')",
    tests: keyTests,
  },
  {
    name: 'a key is kept as a hash',
    file: keys,
    from: "createHash('sha256').update(key).digest('hex')",
    to: '(createHash, key)',
    tests: keyTests,
  },
  {
    name: 'the statement of capabilities alone is open, and no path that ends like its own',
    file: access,
    from: 'c.req.path !== openPath',
    to: "!c.req.path.endsWith('/metadata')",
    tests: attacks,
  },
  {
    name: 'calls are counted by key',
    file: access,
    from: 'holder}',
    to: 'Math.random()}',
    tests: attacks,
  },
  {
    name: 'callers without a key are counted by their address',
    file: access,
    from: 'clientAddress(c)}',
    to: "c.req.header('x-real-ip') ?? clientAddress(c)}",
    tests: attacks,
  },
  {
    name: 'the key of the portal is a secret of the installation',
    file: 'src/portal-key.ts',
    from: "Buffer.from(hmacKey, 'base64url')",
    to: "Buffer.from(hmacKey.slice(0, 0), 'base64url')",
    tests: attacks,
  },
  {
    name: 'the setting that asks for keys reaches the API',
    file: 'src/config/config.ts',
    from: "env.HYGIE_FHIR_ACCESS === 'key'",
    to: 'false',
    tests: attacks,
  },
  {
    name: 'an export that is over is served to nobody',
    file: 'src/directory/export/export-desk.ts',
    from: 'found && !isOver(found, clock.now()) ? found : undefined',
    to: 'found',
    tests: exportTests,
  },
  {
    name: 'the files of a cancelled export are removed',
    file: 'src/directory/export/export-desk.ts',
    from: 'if (removed) await removeFiles(id);',
    to: '',
    tests: exportTests,
  },
];
