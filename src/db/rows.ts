import type { Transaction } from './transaction.ts';

/**
 * Inserts any number of rows in one statement with one parameter. Rows travel as JSON, so the statement's text (and
 * its plan) does not depend on their number. `columns` names each column's Postgres type; values are what
 * JSON.stringify makes of them (a Date becomes its ISO form).
 */
export async function insertRows<Column extends string>(
  tx: Transaction,
  table: string,
  columns: Record<Column, string>,
  rows: Record<NoInfer<Column>, unknown>[],
  onConflict = '',
): Promise<number> {
  if (rows.length === 0) return 0;
  const names = Object.keys(columns).join(', ');
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const { rowCount } = await tx.query({
    name: `insert_${table}`,
    text: `insert into ${table} (${names}) select ${names} from json_to_recordset($1::json) as r(${types.join(', ')}) ${onConflict}`,
    values: [JSON.stringify(rows)],
  });
  return rowCount ?? 0;
}
