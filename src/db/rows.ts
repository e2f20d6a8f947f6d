import type { Transaction } from './transaction.ts';

const names = new Map<string, string>();

/** A statement's name must stand for one text: two callers may insert different columns into one table. */
function nameOf(text: string, table: string): string {
  const known = names.get(text) ?? `insert_${table}_${names.size}`;
  names.set(text, known);
  return known;
}

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
  const list = Object.keys(columns).join(', ');
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  const text = `insert into ${table} (${list}) select ${list} from json_to_recordset($1::json) as r(${types.join(', ')}) ${onConflict}`;
  const { rowCount } = await tx.query({ name: nameOf(text, table), text, values: [JSON.stringify(rows)] });
  return rowCount ?? 0;
}
