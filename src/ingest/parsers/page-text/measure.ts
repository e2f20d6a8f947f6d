const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Words, and for scripts without blanks two characters to a word. */
export function wordCount(text: string): number {
  const dense = text.match(DENSE)?.length ?? 0;
  const spaced = (dense === 0 ? text : text.replace(DENSE, ' ')).match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  return spaced + dense / 2;
}

/** Whether a line ends as a sentence does. */
export function endsSentence(text: string): boolean {
  return /[.!?…。！？؟।](?:["'”’»)\]」』]|\s)*$/u.test(text.slice(-12));
}
