import { locales } from '#platform/html/messages.ts';
import { locale, texts } from '../messages.ts';

const names = { fr: 'Français', en: 'English' };

/** The other language is another document: the server keeps the choice. */
export function Languages() {
  return (
    <nav class="languages" aria-label={texts.settingsScreen.language}>
      {locales.map((one) =>
        one === locale ? (
          <span key={one} aria-current="true">
            {names[one]}
          </span>
        ) : (
          <a key={one} href={`/?lang=${one}${location.hash}`} lang={one} hreflang={one}>
            {names[one]}
          </a>
        ),
      )}
    </nav>
  );
}
