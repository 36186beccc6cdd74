import { type Html, raw } from '../html/html.ts';

/** The tokens of the style sheet that mails use; a mail cannot link to one. */
export const mailColors = {
  light: {
    ink: '#10262c',
    'ink-2': '#3b535d',
    paper: '#f4f7f6',
    surface: '#ffffff',
    line: '#cfdadb',
    brand: '#0b5a62',
    'on-brand': '#ffffff',
    danger: '#98201c',
    'danger-soft': '#fdebe9',
  },
  dark: {
    ink: '#e9f1f1',
    'ink-2': '#b7c9cd',
    paper: '#0d181b',
    surface: '#16252a',
    line: '#2d4249',
    brand: '#85d0d4',
    'on-brand': '#04252a',
    danger: '#ffb3ad',
    'danger-soft': '#44191a',
  },
} as const;

type Token = keyof typeof mailColors.light;
type Paint = Partial<Record<'color' | 'background' | 'border', Token>>;

const properties = { color: 'color', background: 'background-color', border: 'border-color' } as const;
const uses = Object.keys(properties) as (keyof Paint)[];

/**
 * The `style` and `class` of an element: the style is what every reader of mail keeps, the classes let those that
 * keep the style sheet show dark colours.
 */
export function look(style: string, paint: Paint = {}): Html {
  const painted = uses.flatMap((use) => (paint[use] ? [{ use, token: paint[use] }] : []));
  const colors = painted.map(({ use, token }) => `;${properties[use]}:${mailColors.light[token]}`);
  const classes = painted.map(({ use, token }) => `${use}-${token}`).join(' ');
  return raw(`${classes && `class="${classes}" `}style="${style}${colors.join('')}"`);
}

const darkRules = uses.flatMap((use) =>
  Object.entries(mailColors.dark).map(
    ([token, value]) => `.${use}-${token}{${properties[use]}:${value}!important}`,
  ),
);

export const mailStyles = `.nowrap{white-space:nowrap}@media (prefers-color-scheme:dark){${darkRules.join('')}}`;

export const mailFont =
  "'Atkinson Hyperlegible Next',system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
