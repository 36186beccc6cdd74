// Shows the buttons that copy a prepared text or print the page; without scripts they stay hidden.
for (const row of document.querySelectorAll<HTMLElement>('[data-take-along]')) {
  const source = document.getElementById(row.dataset.takeAlong ?? '');
  row.hidden = false;
  row.addEventListener('click', async (event) => {
    const control = event.target instanceof Element ? event.target.closest('button') : null;
    if (control?.name === 'print') window.print();
    if (control?.name !== 'copy' || !source) return;
    await navigator.clipboard.writeText(source.textContent ?? '');
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    said.textContent = row.dataset.done ?? '';
    row.querySelector('[role=status]')?.remove();
    row.append(said);
  });
}
