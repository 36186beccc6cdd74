/**
 * Keeps the parts of a page that change by themselves up to date: every element with `data-live` and an id is
 * replaced by the one of the same id in the page that the server gives now. Without scripts the page is read
 * again by its reload.
 */
const intervalMs = 1500;

function refreshParts(page: Document): void {
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.outerHTML !== part.outerHTML) replace(part, fresh);
  }
}

/** Focus and scrolling inside the part are kept by the ids of its elements. */
function replace(part: Element, fresh: Element): void {
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const scrolled = [...part.querySelectorAll('[id]')].map(({ id, scrollTop }) => ({ id, scrollTop }));
  part.replaceWith(document.adoptNode(fresh));
  for (const { id, scrollTop } of scrolled) document.getElementById(id)?.scrollTo({ top: scrollTop });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function refresh(): Promise<void> {
  const answer = await fetch(location.href, {
    headers: { Accept: 'text/html' },
  });
  if (answer.ok) refreshParts(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

async function keepFresh(): Promise<void> {
  if (document.visibilityState === 'visible') await refresh().catch(() => undefined);
  setTimeout(() => void keepFresh(), intervalMs);
}

void keepFresh();

export {};
