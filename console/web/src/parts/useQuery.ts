import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Returns the filters in the page's address, and a function that changes them one by one; an empty value removes a filter. */
export function useQuery(): [URLSearchParams, (changes: Record<string, string | undefined>) => void] {
  const [query, setQuery] = useSearchParams();
  const change = useCallback((changes: Record<string, string | undefined>) => {
    setQuery((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') {
          next.delete(name);
        } else {
          next.set(name, value);
        }
      }
      return next;
    }, { replace: true });
  }, [setQuery]);
  return [query, change];
}
