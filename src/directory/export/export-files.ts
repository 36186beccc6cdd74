import type { ResourceType } from '../fhir/resource.ts';
import type { ExportedFile, ExportRequest } from './export-request.ts';
import { runExport } from './run-export.ts';

export type FilesRequest = Pick<
  ExportRequest,
  'generations' | 'generation' | 'types' | 'format' | 'directory'
>;

/** Writes one file a type, each by a thread of its own. `onPart` hears of each how much is written, 0 to 1. */
export async function exportFiles(
  request: FilesRequest,
  onPart: (type: ResourceType, part: number) => void = () => {},
): Promise<ExportedFile[]> {
  const whole = { since: null, gzip: false, resourcesPerFile: null };
  const running = request.types.map((type) =>
    runExport({ ...request, ...whole, types: [type] }, { onPart: (part) => onPart(type, part) }),
  );
  return (await Promise.all(running)).flatMap(({ files }) => files);
}
