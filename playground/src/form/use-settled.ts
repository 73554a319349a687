import { useEffect, useState } from 'react';

/** The value once it has stayed the same for `settlingMs`. Compared by content. */
export function useSettled<Value>(value: Value, settlingMs: number): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), settlingMs);
    return () => clearTimeout(timer);
  }, [text, settlingMs]);
  return settled;
}
