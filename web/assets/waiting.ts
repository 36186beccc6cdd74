/**
 * A page that waits for something elsewhere: `data-waiting` is the address that says how it stands (`pending`, and the
 * words for how long is left). Once it is settled, or gone, the page is read again and the server decides what it shows.
 */
const intervalMs = 2000;

async function ask(element: HTMLElement): Promise<void> {
  const answer = await fetch(element.dataset.waiting ?? '', { headers: { Accept: 'application/json' } });
  if (answer.status >= 500) return wait(element);
  const state: { pending: boolean; left?: string } = answer.ok ? await answer.json() : { pending: false };
  if (!state.pending) return location.reload();
  if (state.left && state.left !== element.textContent) element.textContent = state.left;
  wait(element);
}

/** Out of reach for a moment, or in trouble: it asks again, since a page that is read then shows nothing of use. */
function wait(element: HTMLElement): void {
  setTimeout(() => void ask(element).catch(() => wait(element)), intervalMs);
}

for (const element of document.querySelectorAll<HTMLElement>('[data-waiting]')) wait(element);

export {};
