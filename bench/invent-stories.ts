const PEOPLE = [
  'Anna Keller',
  'Boris Mladenov',
  'Carla Jiménez',
  'Daniel Osei',
  'Eva Lindqvist',
  'Farid Haddad',
  'Grace Mbeki',
  'Hiro Tanaka',
];
const PLACES = ['Bern', 'Plovdiv', 'Valencia', 'Accra', 'Uppsala', 'Beirut', 'Durban', 'Sendai', 'Tampere', 'Quito'];
const BODIES = [
  'the city council',
  'the ministry of transport',
  'the appeals court',
  'the central bank',
  'the harbour authority',
  'the health agency',
];
const DEEDS = ['approved', 'rejected', 'postponed', 'questioned', 'published', 'withdrew'];
const THINGS = [
  'the new timetable',
  'a plan for the old bridge',
  'the annual budget',
  'a report on water quality',
  'the tender for buses',
  'rules for short-term rentals',
];
const SENTENCES = 14;

/** A small linear congruential generator (Numerical Recipes' constants): the same stories for the same seed, everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Stories that nobody wrote, for measuring: fields of the structured input, some 300 words each. */
export function inventStories(count: number, seed: number): Record<string, unknown>[] {
  const random = generator(seed);
  const pick = (list: string[]) => list[random(list.length)] as string;
  const sentence = () =>
    `In ${pick(PLACES)} ${pick(BODIES)} ${pick(DEEDS)} ${pick(THINGS)} on the ${random(28) + 1}th, ${pick(PEOPLE)} told reporters, item ${random(1_000_000)} of a long agenda.`;
  return Array.from({ length: count }, (_, index) => {
    const place = pick(PLACES);
    const sentences = Array.from({ length: SENTENCES }, sentence);
    return {
      uri: `urn:bench:${seed}:${index}`,
      headline: `${place}: ${pick(BODIES)} ${pick(DEEDS)} ${pick(THINGS)} (${index})`,
      bodyText: [0, 1, 2, 3]
        .map((part) => sentences.slice(part * 4, part * 4 + 4).join(' '))
        .filter(Boolean)
        .join('\n\n'),
      source: { name: `Courier ${random(20)}`, domain: `courier-${random(20)}.example` },
      datePublished: new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString(),
      language: 'en',
      dateline: place.toUpperCase(),
      tags: [{ name: pick(THINGS) }, { name: place }],
      photos: [
        {
          caption: `A view of ${place}.`,
          creditText: 'Example Photos',
          renditions: [{ href: `https://pictures.example/${seed}/${index}.jpg`, width: 1200, height: 800 }],
        },
      ],
    };
  });
}
