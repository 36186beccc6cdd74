import type { ResourceType } from '../fhir/resource.ts';
import type { GenerationLocation } from '../generation/open-generation-storage.ts';

export const exportFormats = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Which resources are written, and where. */
export interface ExportRequest {
  generations: GenerationLocation;
  generation: number;
  types: readonly ResourceType[];
  /** Only what has changed at this instant (milliseconds) or later. */
  since: number | null;
  format: ExportFormat;
  /** Made where it does not exist. */
  directory: string;
  gzip: boolean;
  /** Resources of a file, about; `null`: one file a type. */
  resourcesPerFile: number | null;
}

export interface ExportedFile {
  type: ResourceType;
  name: string;
  /** Resources. */
  count: number;
  /** Bytes before they were compressed. */
  length: number;
}

export interface ExportResult {
  files: ExportedFile[];
  /**
   * Instant of the last change that the files tell of: whoever asks later for what has changed since then misses
   * nothing. It is not the time of the export, since an import that is under way stamps what it changes by its begin.
   */
  upTo: number;
}
