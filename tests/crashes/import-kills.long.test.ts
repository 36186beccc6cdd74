import { testImportKills } from './import-kills.ts';

testImportKills({ sqlite: 20, postgres: 20 });
