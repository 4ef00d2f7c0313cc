/** Ends a judgement that would cost too much; its message names what there is too much of. */
export class TooLarge extends Error {}

/** Bounds the characters of a pattern. */
export const MAX_LENGTH = 1_000;
/** Bounds the positions of an automaton: the pattern's characters, and their copies in repeats. */
export const MAX_POSITIONS = 2_000;
/** Bounds how often one position is led to another. */
export const MAX_EDGES = 150_000;
/** Bounds the parts that are built, as repeats in repeats copy the parts within over and over. */
export const MAX_BUILDS = 20_000;
/** Bounds the word edges without a character between them: V8 takes seconds to compile some twenty. */
export const MAX_WORD_EDGES = 10;
/** Bounds how often positions are compared. */
export const MAX_STEPS = 1_500_000;

/**
 * Says from how many ways through a bounded repeat on its bound no longer helps, and how many ways parts in a row may
 * have.
 */
export const MANY_PATHS = 1e6;
/** Says from how many turns on a bounded repeat is a loop, and not so many copies of its part. */
export const MANY_TURNS = 10;
/** Bounds the ways of parts in a row, times the turns of a bounded repeat, where an unbounded one goes through them. */
export const MANY_TURNS_OF_WAYS = 10_000;
/**
 * Says from which bound on a bounded repeat next to an unbounded one counts as unbounded, and how many ways parts in a
 * row may have beside one.
 */
export const LARGE_BOUND = 1_000;
/** Bounds the copies of a repeat outside all loops, where more neither add nor hide ambiguity. */
export const MAX_COPIES = 50;
