/** How names are compared: without regard to case, quotes, accents, white space and a leading "the". */

export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’´`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^the (?=.)/, '');
}

/** "MOSCOW" → "Moscow"; anything that is not a word all in capitals of more than three letters stays. */
export function withoutShouting(name: string): string {
  return name.replace(/\p{Lu}{4,}/gu, (word) => (word[0] as string) + word.slice(1).toLowerCase());
}

/** The form printed most often, the earliest of those; forms in ordinary letters before forms in capitals. */
export function commonestForm(forms: string[]): string {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  const isShouted = (form: string) => form === form.toUpperCase() && /\p{L}{4}/u.test(form);
  const ranked = [...counts].sort((a, b) => Number(isShouted(a[0])) - Number(isShouted(b[0])) || b[1] - a[1]);
  return ranked[0]?.[0] ?? '';
}
