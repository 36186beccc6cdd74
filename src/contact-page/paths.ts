/** The page, and the steps below it. */
export const contactPath = '/coordonnees';

export const paths = {
  page: contactPath,
  /** POST: asks for a sign-in by card. */
  card: `${contactPath}/carte`,
  /** A request to the Order. */
  withoutCard: `${contactPath}/sans-carte`,
  transmitted: `${contactPath}/transmise`,
  codes: `${contactPath}/codes`,
  sendAgain: `${contactPath}/codes/renvoi`,
  saved: `${contactPath}/enregistrees`,
  /** **Ce n'est pas moi**, from a notice; `?jeton=` names the change. */
  notMe: `${contactPath}/ce-n-est-pas-moi`,
} as const;

/** `path` with what must not get lost on the way. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
