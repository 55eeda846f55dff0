import type { ReactNode } from 'react';
import { VisuallyHidden } from '@mantine/core';
import classes from './parts.module.css';

export interface Column<T> {
  key: string;
  /** If empty, screen readers use `hidden`. */
  label: string;
  hidden?: string;
  end?: boolean;
  show: (row: T) => ReactNode;
}

/**
 * A table that becomes a list of cards in narrow windows. Its parts declare their roles, because a screen reader no longer treats a row
 * that is displayed as a block as a row.
 */
export function DataTable<T>({ caption, columns, rows, keyOf }: {
  caption: string; columns: Column<T>[]; rows: T[]; keyOf: (row: T) => string;
}) {
  return (
    <table className={classes.table} role="table" aria-label={caption}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={column.end ? classes.end : undefined}>
              {column.label || <VisuallyHidden>{column.hidden}</VisuallyHidden>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => (
              <td key={column.key} role="cell" data-label={column.label} className={column.end ? classes.end : undefined}>
                {column.show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
