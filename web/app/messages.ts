import type { Locale } from '#platform/html/messages.ts';
import type { french } from './messages-fr.ts';

/** Every text of the app; a key that one language lacks does not compile. */
export type Texts = typeof french;

/** The language of the document, which the server chose (`?lang`, its cookie, else French). */
export const locale: Locale = document.documentElement.lang === 'en' ? 'en' : 'fr';

/** A phone loads the one language that it speaks; the document asks for its file ahead. */
async function loadTexts(): Promise<Texts> {
  return locale === 'en'
    ? (await import('./messages-en.ts')).english
    : (await import('./messages-fr.ts')).french;
}

export const texts = await loadTexts();
