/**
 * A page that waits for something elsewhere: `data-waiting` is the address that says how it stands (`pending`, and the
 * words for how long is left). Once it is settled, or gone, the page is read again and the server decides what it shows.
 */
const intervalMs = 2000;

async function ask(element: HTMLElement): Promise<void> {
  const answer = await fetch(element.dataset.waiting ?? '', { headers: { Accept: 'application/json' } });
  const state: { pending: boolean; left?: string } = answer.ok ? await answer.json() : { pending: false };
  if (!state.pending) return location.reload();
  if (state.left && state.left !== element.textContent) element.textContent = state.left;
  wait(element);
}

/** Out of reach for a moment: it asks again. */
function wait(element: HTMLElement): void {
  setTimeout(() => void ask(element).catch(() => wait(element)), intervalMs);
}

for (const element of document.querySelectorAll<HTMLElement>('[data-waiting]')) wait(element);

export {};
