/** Runs in the page, where motion is unwelcome. */
export function findMotion(): string[] {
  const moving = document.getAnimations().length > 0 ? ['something moves'] : [];
  const isMoved = (element: Element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return animationName !== 'none' || transitionDuration.split(', ').some((time) => time !== '0s');
  };
  const moved = [...document.querySelectorAll('*')].filter(isMoved);
  return [...moving, ...moved.map(({ className }) => `moves: ${className}`)];
}

/** Runs in the page. With the page's colours gone, an edge or a line says what can be pressed or filled in. */
export function findLostControls(): string[] {
  const isMarked = (element: Element): boolean => {
    const { borderTopStyle, borderTopColor, backgroundColor, textDecorationLine } = getComputedStyle(element);
    const isEdged = borderTopStyle !== 'none' && borderTopColor !== backgroundColor;
    return isEdged || textDecorationLine.includes('underline');
  };
  // An icon is a mark too; the label of a number has the edge.
  const others = ':disabled, [aria-disabled], [type="radio"], [type="hidden"], :has(> .icon)';
  const controls = [...document.querySelectorAll('main :is(a, button, input)')];
  return controls
    .filter((control) => control.checkVisibility() && !control.matches(others) && !isMarked(control))
    .map(({ outerHTML }) => `looks like no control: ${outerHTML.slice(0, 120)}`);
}
