/** A quiet table: hairlines, numbers to the right. On a narrow screen it scrolls within itself. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly isNumber?: boolean;
  /** Left out on a narrow screen: the row is understood without it. */
  readonly isAside?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Under the column, for sums. */
  readonly total?: ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  /** The first names its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

const classOf = ({ isNumber, isAside }: Pick<Column<never>, 'isNumber' | 'isAside'>): string =>
  `px-3 first:pl-0 last:pr-0 ${isNumber === true ? 'text-right' : 'text-left'} ${isAside === true ? 'max-sm:hidden' : ''}`;

export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  const hasTotals = columns.some(({ total }) => total !== undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a landmark element would rename what is a table.
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      role="region"
      aria-label={label}
      className="quiet-scroll relative max-w-full overflow-x-auto"
    >
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-edge">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={`slate py-2 font-normal ${classOf(column)}`}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-hairline">
              {columns.map((column, index) => {
                const Cell = index === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    {...(index === 0 ? { scope: 'row' } : {})}
                    className={`h-10 font-normal ${classOf(column)}`}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.id} className={`h-10 font-semibold ${classOf(column)}`}>
                  {column.total}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
