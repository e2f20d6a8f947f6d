/** What a run came to. */
export interface Counts {
  inputs: number;
  /** Sent before. */
  skipped: number;
  /** Outcome → items. */
  outcomes: Map<string, number>;
}

const ORDER = ['CREATED', 'REVISED', 'UNCHANGED', 'DUPLICATE', 'DRAFT', 'REJECTED'];

/** The table a run ends with: how many items of each outcome, and how fast. `seconds`: how long it took. */
export function summaryTable({ inputs, skipped, outcomes }: Counts, seconds: number): string {
  const rows = ORDER.flatMap((outcome) =>
    outcomes.has(outcome) ? [[outcome, outcomes.get(outcome) ?? 0] as const] : [],
  );
  if (skipped > 0) rows.push(['sent before', skipped]);
  const items = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const table = [...rows, ['items', items] as const].map(
    ([label, count]) => `${label.padEnd(12)}${String(count).padStart(9)}`,
  );
  const rule = '─'.repeat(21);
  const rate = (inputs / Math.max(seconds, 0.001)).toFixed(1);
  return `${[rule, ...table.slice(0, -1), rule, ...table.slice(-1)].join('\n')}
${inputs} ${inputs === 1 ? 'input' : 'inputs'} in ${seconds.toFixed(1)} s, ${rate} a second
`;
}
