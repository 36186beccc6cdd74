/**
 * An address that is shown as a QR code: `data-redraw` has it drawn anew after so many seconds, and whenever the page
 * is looked at again after that time, so that what is shown, opened or copied is always alive. The buttons in
 * `data-copy` are of use with scripts only, and are shown by this one.
 */
const id = 'adresse';
let drawnAt = Date.now();
let isDrawing = false;

const shown = (): HTMLElement | null => document.getElementById(id);
const redrawMs = (): number => Number(shown()?.dataset.redraw ?? 0) * 1000;

function revealButtons(): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-copy]')) one.hidden = false;
}

/** The page itself gives a fresh address; focus stays where it was. */
async function redraw(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : '', 'text/html');
  const [old, fresh] = [shown(), page.getElementById(id)];
  if (!old || !fresh) return;
  const focused = [...old.querySelectorAll('a, button')].indexOf(document.activeElement ?? old);
  old.replaceWith(document.adoptNode(fresh));
  drawnAt = Date.now();
  revealButtons();
  if (focused >= 0) fresh.querySelectorAll<HTMLElement>('a, button')[focused]?.focus();
}

async function redrawInTime(): Promise<void> {
  if (redrawMs() === 0 || isDrawing || document.visibilityState !== 'visible') return;
  if (Date.now() - drawnAt < redrawMs()) return;
  isDrawing = true;
  await redraw().catch(() => undefined);
  isDrawing = false;
}

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.value);
  const said = document.getElementById('copie');
  if (said) said.textContent = said.dataset.done ?? '';
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>('[data-copy] button') : null;
  if (button) void copy(button);
});
document.addEventListener('visibilitychange', () => void redrawInTime());
setInterval(() => void redrawInTime(), 1000);
revealButtons();

export {};
