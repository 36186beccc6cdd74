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

function replace(part: Element, fresh: Element): void {
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const scrolled = part.scrollTop;
  part.replaceWith(document.adoptNode(fresh));
  fresh.scrollTop = scrolled;
  if (focused) document.getElementById(focused)?.focus();
}

async function refresh(): Promise<void> {
  const answer = await fetch(document.body.dataset.liveFrom ?? location.href, {
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
