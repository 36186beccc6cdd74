/** A form of a page, as far as a program fills it in. */
export interface Form {
  action: URL;
  /** Hidden inputs, and the name and value of the button. */
  fields: Record<string, string>;
}

const forms = /<form\b([^>]*)>([\s\S]*?)<\/form>/g;
const controls = /<(input|button)\b([^>]*)>([\s\S]*?)(?=<(?:input|button)\b|$)/g;

/** The form whose button carries this name; `undefined` where the page has none. */
export function findForm(page: URL, html: string, buttonName: string): Form | undefined {
  for (const [, attributes = '', content = ''] of html.matchAll(forms)) {
    const fields = fieldsOf(content, buttonName);
    if (fields) return { action: new URL(attribute(attributes, 'action') ?? '', page), fields };
  }
  return undefined;
}

function fieldsOf(content: string, buttonName: string): Record<string, string> | undefined {
  let pressed = false;
  const fields: Record<string, string> = {};
  for (const [, tag, attributes = '', label = ''] of content.matchAll(controls)) {
    const isPressed = tag === 'button' && label.replace(/<[^>]*>/g, '').includes(buttonName);
    pressed ||= isPressed;
    const name = attribute(attributes, 'name');
    if (name && (isPressed || attribute(attributes, 'type') === 'hidden')) {
      fields[name] = attribute(attributes, 'value') ?? '';
    }
  }
  return pressed ? fields : undefined;
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]?.replaceAll('&amp;', '&');
}
