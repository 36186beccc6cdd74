// The measured server: the directory's pages and FHIR API on a listener of their own, over the imported generation.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAudit } from '#audit';
import { createConfig, parseEnvironment } from '#config';
import { createDirectory, createDirectoryPages, createFhirApi, fhirRules } from '#directory';
import { systemClock } from '#platform/clock.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { createLogger } from '#platform/logger.ts';
import { generationsOf, openState } from '../src/command-context.ts';
import { answerBench } from './measured-process.ts';

answerBench<object, { url: string }>(async () => {
  const config = createConfig(parseEnvironment(process.env));
  const logger = createLogger('silent');
  const database = await openState(config);
  const events = createAudit({ database, clock: systemClock, logger });
  const shared = { database, generations: generationsOf(config), clock: systemClock };
  const directory = createDirectory({ ...shared, events });
  const jobs = createJobQueue({ database, clock: systemClock, secret: randomBytes(32) });
  const exportDirectory = join(config.dataDir, 'exports');
  const fhir = createFhirApi({
    ...shared,
    store: directory.store,
    keys: directory.keys,
    logger,
    jobs,
    exportDirectory,
  });
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  const url = new URL(`http://localhost:${listener.port}`);
  const site = { name: 'directory', url, title: { fr: 'Annuaire', en: 'Directory' }, sandbox: true } as const;
  const app = createSite(site, { logger, ...fhirRules });
  app.route('/', createDirectoryPages(directory)).route('/', fhir.routes);
  listener.serve(requestListener(site, app));
  return {
    ready: { url: url.origin },
    async close() {
      await listener.close();
      await directory[Symbol.asyncDispose]();
      await database.close();
    },
  };
});
