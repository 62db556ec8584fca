/** HTML with all text escaped: only {@link html} and {@link trustedHtml} make it. */
export class Html {
  constructor(readonly text: string) {}
}

/** A value in a template of {@link html}: text is escaped, HTML is not, undefined is left out. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * HTML from a template; values are escaped unless they are HTML already, in text and in attributes, which are always
 * quoted.
 *
 * @example
 * ```ts
 * html`<p title="${name}">${name}</p>`.text; // No name can end the attribute or begin a tag.
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.map((text, index) => text + render(values[index])).join(''));
}

/** HTML that {@link html} did not make: a stylesheet, an SVG document of our own. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return String(value).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
