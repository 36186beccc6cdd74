import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of 8 MiB, unmounted when it is disposed of. */
export interface SmallDisk extends AsyncDisposable {
  path: string;
  /** Leaves no room; resolves to the file that takes it. */
  fill(): Promise<string>;
  makeReadOnly(): void;
}

const bytes = 8 << 20;

/** `undefined` where this process may not mount one. */
export async function mountSmallDisk(): Promise<SmallDisk | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'hygie-disk-'));
  const mount = (...args: string[]) => spawnSync('mount', [...args, path]).status === 0;
  if (!mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs'))
    return void (await rm(path, { recursive: true }));
  return {
    path,
    async fill() {
      const ballast = join(path, 'ballast');
      await assert.rejects(writeFile(ballast, Buffer.alloc(2 * bytes)), { code: 'ENOSPC' });
      return ballast;
    },
    makeReadOnly: () => assert.ok(mount('-o', 'remount,ro')),
    async [Symbol.asyncDispose]() {
      const isUnused = spawnSync('umount', [path]).status === 0;
      if (!isUnused) spawnSync('umount', ['--lazy', path]);
      await rm(path, { recursive: true });
      assert.ok(isUnused, 'a file of the disk is still open');
    },
  };
}
