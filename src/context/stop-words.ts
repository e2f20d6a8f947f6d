/**
 * Words that never tell what happened: English function words, the verbs of reporting, days and months (dates are
 * read by event-dates.ts), and what pages leave in texts.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am among an and any are aren't as at back be became because been before
  being below between both but by came can can't cannot com could couldn't day days did didn't do does doesn't doing
  don't down during each even ever every few first for from further get getty go going got had hadn't has hasn't have
  haven't having he he'd he'll he's her here hers herself him himself his how http https i i'd i'll i'm i've if image
  images in into is isn't it it's its itself just last let like made make many may me might more most much must my
  myself new no nor not now of off on once one only or other our ours ourselves out over own part people per photo pic
  put re read reported reuters said same say says see she she'd she'll she's should shouldn't since so some still such
  take than that that's the their theirs them themselves then there there's these they they'd they'll they're they've
  this those three through time to told too two under until up us use very video was wasn't way we we'd we'll we're
  we've week well were weren't what what's when where which while who who's whom why will with won't would wouldn't www
  year years yet you you'd you'll you're you've your yours yourself yourselves ap afp twitter mr mrs ms
  monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
  october november december`
    .split(/\s+/)
    .filter(Boolean),
);
