/** A Lucide file as the bundler reads it: the name and the attributes of each of its shapes. */
declare module '*.svg' {
  export const shapes: readonly (readonly [tag: string, attributes: Record<string, string>])[];
}

/** What the service worker keeps for a phone without network; written in by the bundler. */
declare const precachedFiles: readonly string[];
