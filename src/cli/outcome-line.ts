import type { Outcome } from './send.ts';

/** One line for what became of an item, and one more for each error. */
export function outcomeLine(outcome: Outcome): string {
  const errors = outcome.errors.map(({ path, message }) => {
    const field = path.filter((part) => !/^(?:input|items|\d+)$/.test(part)).join('.');
    return `\n           ${field ? `${field}: ` : ''}${printable(message)}`;
  });
  const title = titleOf(outcome);
  return `${outcome.outcome.padEnd(10)} ${printable(outcome.name)}${title ? `  “${title}”` : ''}${errors.join('')}\n`;
}

function titleOf({ article, photo, event, tag, draft }: Outcome): string {
  const title =
    article?.headline ?? (draft?.headline as string | undefined) ?? photo?.caption ?? event?.name ?? tag?.name ?? '';
  const line = printable(title);
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** One line that cannot steer the terminal: stories come from anywhere. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
