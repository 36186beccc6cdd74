/**
 * Shows the buttons of `data-take-along` (they do nothing without scripts) and lets them copy or print the text
 * whose id the attribute names. `data-done` is said when it is copied.
 */
function takeAlong(bar: HTMLElement): void {
  const text = document.getElementById(bar.dataset.takeAlong ?? '')?.textContent ?? '';
  bar.hidden = false;
  bar.querySelector('[name="print"]')?.addEventListener('click', () => window.print());
  bar.querySelector('[name="copy"]')?.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    say(bar, bar.dataset.done ?? '');
  });
}

function say(bar: HTMLElement, words: string): void {
  const said = bar.querySelector('[role="status"]') ?? bar.appendChild(document.createElement('span'));
  said.setAttribute('role', 'status');
  said.textContent = words;
}

for (const bar of document.querySelectorAll<HTMLElement>('[data-take-along]')) takeAlong(bar);

export {};
