/** A moment in the reader's own time, the exact one behind it. */
export const When = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={at} className="whitespace-nowrap text-xs">
    {localMinute(at)}
  </time>
);

const two = (value: number): string => String(value).padStart(2, '0');

/** Such as 2026-04-01 09:30. */
export function localMinute(at: string): string {
  const date = new Date(at);
  return `${localDay(at)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Such as 2026-04-01. */
export function localDay(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
