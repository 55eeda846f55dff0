import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Filters that stand in the page's address: read, and written one by one; an empty value leaves the address. */
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
