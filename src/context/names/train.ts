/** `npm run train:names`: learns the tagger's weights from `../shared/corpora/names/*.conll` and writes `weights/names.bin`. */
import { writeFileSync } from 'node:fs';
import { augmented } from './augment.ts';
import { readCorpora } from './corpora.ts';
import { learn, randomFrom } from './learn.ts';
import { packModel } from './model.ts';

const CORPORA = new URL('../../../../shared/corpora/names', import.meta.url).pathname;
/** Rows of weights that never reach this are noise; leaving them out keeps the file under a megabyte. */
const SMALLEST_WEIGHT = 0.08;

/** btc-h and wnut17-train are chat about private things, with most names unmarked: measured, they cost recall on news. */
const WORTH_READING = /^(?:wikigold|btc-[abefg]|wnut17-(?:dev|test))/;

const SEED = 2026;

const begun = Date.now();
const corpora = readCorpora(CORPORA, (file) => WORTH_READING.test(file));
const sentences = augmented(corpora, randomFrom(SEED));
console.log(`${sentences.length} sentences`);
const learnt = learn(sentences, { rounds: 5, rate: 0.04, decay: 0.001, leastCount: 2, dropout: 0.3, seed: SEED });
const packed = packModel(learnt, SMALLEST_WEIGHT);
writeFileSync(new URL('./weights/names.bin', import.meta.url), packed);
console.log(`${learnt.rows.size} features, ${packed.length} bytes, ${Math.round((Date.now() - begun) / 1000)} s`);
