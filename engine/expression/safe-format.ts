/** Fields of Luxon's formats that take a varying number of digits. */
const VARYING = new Set('y yy yyyyy M L d o H h m q s S u uu kk W'.split(' '));
/** Fields that take a fixed number of digits. */
const FIXED = new Set('yyyy yyyyyy MM LL dd ooo HH hh mm qq ss SSS uuu kkkk WW E c'.split(' '));
const MAX_FIELDS = 20;
/** Each may take up to nine digits: more of them side by side would be tried in millions of ways. */
const MAX_ADJOINING = 5;

/**
 * Luxon makes a regular expression of the host out of a format. Digits of varying number with nothing between them, or
 * several zone names, can be read in so many ways that it would never end; such formats are not safe.
 */
export function isSafeFormat(format: string): boolean {
  let fields = 0;
  let zones = 0;
  let adjoining = 0;
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 1) adjoining += run.filter((field) => VARYING.has(field)).length;
    run = [];
  };
  for (const [part, letter] of format.matchAll(/'[^']*'|([a-zA-Z])\1*|[\s\S]/g)) {
    if (letter === undefined) {
      // digits in between are no border: a field may take them as well
      if (part !== "''" && !/^'?\d+'?$/.test(part)) endRun();
      continue;
    }
    fields++;
    if (part.startsWith('z')) zones++;
    if (VARYING.has(part) || FIXED.has(part)) run.push(part);
    else endRun();
  }
  endRun();
  return fields <= MAX_FIELDS && zones <= 1 && adjoining <= MAX_ADJOINING;
}
