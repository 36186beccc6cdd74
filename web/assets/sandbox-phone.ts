/**
 * The phone on the sandbox's home. A reset, whoever asked for it, makes another world: the page is loaded again,
 * by opening the phone where one was open, so that no browser goes on with what nobody knows any more.
 */
const worldNow = (): string | undefined => document.getElementById('monde')?.dataset.world;
const known = worldNow();
const opener = document.querySelector<HTMLFormElement>('#ouvrir-telephone');
const frame = document.querySelector('iframe[name="telephone"]');

const watch = new MutationObserver(() => {
  if (worldNow() === known) return;
  watch.disconnect();
  if (frame && opener) opener.requestSubmit();
  else location.reload();
});
watch.observe(document.body, { childList: true, subtree: true });

export {};
