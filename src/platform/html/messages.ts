import type { Html } from './html.ts';

export type Locale = 'fr' | 'en';
export const locales: readonly Locale[] = ['fr', 'en'];

type Message = string | ((...values: never[]) => string | Html);
type Catalogue = { readonly [key: string]: Message | Catalogue };

/** The shape of the French catalogue with its literals widened: what each translation must fill. */
type Translation<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends Catalogue
      ? Translation<T[Key]>
      : T[Key];
};

/**
 * Declares a module's texts; a key that one language lacks does not compile.
 * Returns the catalogue of a locale.
 */
export function defineMessages<const French extends Catalogue>(catalogues: {
  fr: French;
  en: Translation<NoInfer<French>>;
}): (locale: Locale) => Translation<French> {
  return (locale) => (locale === 'en' ? catalogues.en : (catalogues.fr as Translation<French>));
}
