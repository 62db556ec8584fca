/** A piece of HTML, in which all text is escaped: only {@link html} and {@link trustedHtml} make one. */
export class Html {
  constructor(readonly text: string) {}
}

/** What can stand in a template of {@link html}: text is escaped, HTML is not, and of nothing comes nothing. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * HTML from a template; whatever is put into it is escaped unless it is HTML already, in attributes (always quoted)
 * as in text.
 *
 * @example
 * ```ts
 * html`<p title="${name}">${name}</p>`.text; // No name can end the attribute or begin a tag.
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.map((text, index) => text + render(values[index])).join(''));
}

/** Text that is HTML and was not made by {@link html}: a stylesheet, an SVG document of our own. */
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
