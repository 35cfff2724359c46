export const WORD = 'word';
