/** Where people who run the directory sign in; their pages lie below. */
export const operatorPath = '/operateur';

export const paths = {
  overview: operatorPath,
  run: `${operatorPath}/chargements/:id`,
  queue: `${operatorPath}/coordonnees`,
  request: `${operatorPath}/coordonnees/:reference`,
  /** POST. */
  accept: `${operatorPath}/coordonnees/:reference/acceptation`,
  /** POST. */
  refuse: `${operatorPath}/coordonnees/:reference/refus`,
} as const;

/** A path with its one parameter. */
export const pathTo = (path: string, value: string): string =>
  path.replace(/:\w+/, encodeURIComponent(value));
