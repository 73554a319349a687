import { useSearchParams } from 'wouter';

/** What stands in the address, and a way to change it that leaves the rest; an empty value takes the name out. */
export function useAddress(): readonly [
  query: URLSearchParams,
  change: (values: Readonly<Record<string, string>>) => void,
] {
  const [query, setQuery] = useSearchParams();
  const change = (values: Readonly<Record<string, string>>) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  return [query, change];
}
