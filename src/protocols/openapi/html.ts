/** The little HTML that the reference page is written with. */

export const escapeHtml = (value: string): string =>
  value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Escaped, with `code` between backquotes. */
export const inline = (value: string): string =>
  escapeHtml(value)
    .replace(/&#96;/g, '`')
    .replace(/`([^`]+)`/g, '<code>$1</code>');

/** Paragraphs are apart by an empty line. */
export const paragraphs = (value: string): string =>
  value
    .split('\n\n')
    .map((each) => `<p>${inline(each)}</p>`)
    .join('');

/** An id or fragment: letters, digits and dashes. */
export const slug = (value: string): string =>
  value
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
