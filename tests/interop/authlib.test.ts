import { test } from 'node:test';
import { isInstalled, testProgram } from '../support/client-program.ts';

const python = '/usr/bin/python3';
const hasAuthlib = isInstalled(python, '-c', 'import authlib, requests');
const skip = hasAuthlib
  ? false
  : 'Authlib is not installed here (Debian: python3-authlib, python3-requests).';

test('a Python client written with Authlib signs in, renews its tokens and signs out', { skip }, (t) =>
  testProgram(t, python, [new URL('programs/authlib-client.py', import.meta.url).pathname]),
);
