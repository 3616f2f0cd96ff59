/** `npm run test:faults` asks for the long form: more of everything, in real time. `npm test` runs the short one. */
export const LONG = process.env.FAULTS === 'long';

/** What a scenario of the fault suite takes in its short and in its long form. */
export const scale = <T>(short: T, long: T): T => (LONG ? long : short);
