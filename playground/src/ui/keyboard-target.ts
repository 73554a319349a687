/** Whether a key pressed on an element belongs to it, so that a page's own shortcut must leave it alone. */

const TYPING = 'input, textarea, select, [contenteditable]';
const PRESSED_BY_SPACE = 'button, a[href], summary, [role="radio"], [role="switch"], [role="tab"]';
const MOVED_BY_ARROWS = '[role="slider"], [role="radio"], [role="tab"], pre';

const isIn = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

export function belongsToTarget({ key, target }: Pick<KeyboardEvent, 'key' | 'target'>): boolean {
  if (isIn(target, TYPING) || isIn(target, 'dialog')) return true;
  if (key === ' ') return isIn(target, PRESSED_BY_SPACE);
  return key.startsWith('Arrow') && isIn(target, MOVED_BY_ARROWS);
}
