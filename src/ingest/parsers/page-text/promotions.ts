const PROMOTIONS: readonly RegExp[] = [
  /\b(?:subscribe|sign up|register|log ?in|join) (?:now|today|here|to|for|up)\b.{0,80}\b(?:newsletter|updates?|account|channel|podcast|free|access|more|unlimited|youtube|alerts?|emails?)\b/iu,
  /^(?:click|tap) (?:here|on|to|the)\b/iu,
  /\bclick (?:here|to subscribe)\b/iu,
  /^(?:like|enjoy(?:ed)?|love) (?:this|what you)\b.{0,60}\b(?:share|subscribe|support|sign up|follow)\b/iu,
  /^(?:please )?(?:follow|like|find|join|connect with) (?:us|me|our)\b/iu,
  /\bfollow (?:us|me|him|her|them|@\w+) on (?:twitter|facebook|instagram|x|youtube|linkedin)\b/iu,
  /^(?:support|donate to|do you rely on)\b.{0,100}\b(?:reporting|journalism|click|today)\b/iu,
  /\b(?:enable|requires|turn on) javascript\b/iu,
  /^download (?:the|our)\b.{0,60}\bapp\b/iu,
  /\[button |\[\/\w+\]$/u,
  /^(?:also|read) (?:on|also on|more on)\b/iu,
  /^(?:image|photo|picture|slide) ?\d+ (?:of|\/) ?\d*/iu,
  /^\d+ (?:of|\/) \d+$/u,
  /\(opens in (?:a )?new (?:window|tab)\)/iu,
  /^(?:this (?:document|material|content|article|website|site) (?:is|may|was)|no part)\b.{0,80}\b(?:copyright|reproduced|published|rewritten|redistributed|protected)\b/iu,
  /^citation:\s/iu,
  /^if you(?:'ve|’ve| have)? (?:enjoy|like|love|found|value|appreciate)\w* (?:this|our|what)\b/iu,
  /^(?:receba|recib[ae]|cadastre-se|inscreva-se|assine|suscríb\w+|regístrate|abonnez-vous|recevez|inscrivez-vous|iscriviti|ricevi|abonnieren sie|melden sie sich|erhalten sie|meld je aan|schrijf je in)\b.{0,200}\b(?:e-?mails?|newsletters?|boletín|whatsapp|telegram|canal|notícias|noticias|grátis|gratis|gratuit\w*)\b/iu,
];

/** Whether a line asks the reader to do something for the site, or is a widget's text, rather than tells the story. */
export function isPromotion(text: string): boolean {
  if (text.length > 400) return false;
  return PROMOTIONS.some((pattern) => pattern.test(text));
}

const END_NOTES: readonly RegExp[] = [
  /\bcontributed (?:reporting|to (?:this|the) (?:report|story|article))\b/iu,
  /^(?:this (?:story|article|post|report|column) (?:was|has been|is)|a version of this|originally published|the post .{5,200} appeared first on)\b.{0,120}\b(?:published|appeared|updated|corrected|produced|syndicated|first on)\b/iu,
  /^(?:with (?:inputs?|files?|reports?|agencies) (?:from|by)\b)/iu,
];

/** Whether a line tells about the story's making: who helped, where it appeared first. */
export function isEndNote(text: string): boolean {
  if (text.length > 400) return false;
  return END_NOTES.some((pattern) => pattern.test(text));
}

/** Whether a line is the sign-off agencies put below a story: "(Reporting by A; Editing by B)", "Contributing: C". */
export function isCoda(text: string): boolean {
  return (
    text.length <= 400 && /^\(?(?:reporting|writing|editing|additional reporting|contributing)(?: by\b|:)/iu.test(text)
  );
}
