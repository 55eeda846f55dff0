import type { ReactNode } from 'react';
import { VisuallyHidden } from '@mantine/core';
import classes from './parts.module.css';

export interface Column<T> {
  key: string;
  /** Empty: read out by `hidden`. */
  label: string;
  hidden?: string;
  end?: boolean;
  show: (row: T) => ReactNode;
}

/**
 * A table that becomes a list of cards where it is narrow. Its parts say their roles, because a row that is displayed as a block
 * is no row to a screen reader any more.
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
