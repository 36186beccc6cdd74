/** Where progress is shown: in a terminal a bar in one line, elsewhere lines of a log. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

export interface Progress {
  /** What is done now. */
  phase: string;
  /** Of the phase, 0 to 1; `undefined` where nobody knows. */
  part?: number | undefined;
  /** What has been done of it, such as rows. */
  done?: number | undefined;
  unit?: string | undefined;
}

/** For `--json`. */
export const silent: ProgressOutput = { write: () => undefined };

/** A terminal shows four pictures a second, a log a line every ten. Work shorter than that shows nothing. */
const intervalMs = { terminal: 250, log: 10_000 };
const barLength = 24;
const clearLine = '\r\u001b[K';

/** Shows a bar with percentage, rate and time left; `end` leaves the terminal's line empty. */
export function createProgress(output: ProgressOutput, now = () => performance.now()) {
  const isTerminal = output.isTTY === true;
  let last = now();
  let begun = { phase: '', at: now() };
  let isShown = false;

  return {
    show(progress: Progress): void {
      const at = now();
      if (progress.phase !== begun.phase) begun = { phase: progress.phase, at };
      if (at - last < (isTerminal ? intervalMs.terminal : intervalMs.log)) return;
      last = at;
      const text = renderProgress(progress, (at - begun.at) / 1000, isTerminal);
      output.write(isTerminal ? `${clearLine}${text}` : `${text}\n`);
      isShown = isTerminal;
    },
    end(): void {
      if (isShown) output.write(clearLine);
      isShown = false;
    },
  };
}

/** `seconds` is how long the phase has gone on. */
function renderProgress({ phase, part, done, unit }: Progress, seconds: number, isTerminal: boolean): string {
  const known = part === undefined ? '' : `${isTerminal ? renderBar(part) : ''} ${Math.floor(part * 100)} %`;
  const rate = done !== undefined && seconds > 0 ? Math.round(done / seconds) : undefined;
  const parts = [
    `${phase}${known}`,
    done !== undefined && `${format(done)} ${unit}`,
    rate !== undefined && `${format(rate)} ${unit}/s`,
    part !== undefined && part > 0 && `${formatSeconds(Math.round(seconds / part - seconds))} left`,
  ];
  return parts.filter(Boolean).join(', ');
}

function renderBar(part: number): string {
  const filled = Math.round(part * barLength);
  return ` [${'#'.repeat(filled)}${'.'.repeat(barLength - filled)}]`;
}

const format = (count: number): string => count.toLocaleString('en');

function formatSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
