// Owns the way from the environment to values: env → config → secrets, three steps. Only the composition root and
// the command line read it; modules receive values.
export { type Config, createConfig, type Profile, profiles } from './config.ts';
export { parseEnvironment } from './env.ts';
export { openSandboxSecrets, type Secrets } from './secrets.ts';
