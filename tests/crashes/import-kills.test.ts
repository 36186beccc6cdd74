import { testImportKills } from './import-kills.ts';

testImportKills({ sqlite: 1, postgres: 1 });
