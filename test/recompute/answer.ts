/** What an operation answers, by name: a number, a code; undefined where it says that there is none. */
export type Answer = ReadonlyMap<string, number | string | boolean | undefined>;
