/** A piece of a text, and whether the other text has it too. */
export interface TextPiece {
  text: string;
  same: boolean;
}

const LONGEST_COMPARED = 200;

/**
 * Two short texts beside each other, character by character: what they have in common in the same order, and what only
 * one of them has. A rare character is one character, though it is two UTF-16 units. Texts with less than half in
 * common are two different ones: marks here and there would only confuse.
 */
export function differencesOf(a: string, b: string): [TextPiece[], TextPiece[]] {
  const [left, right] = [[...a], [...b]];
  // each character is compared with each: names have a hundred at most
  if (Math.max(left.length, right.length) > LONGEST_COMPARED) return [whole(a), whole(b)];
  const longest = commonLengths(left, right);
  if (longest[0]![0]! * 2 < Math.max(left.length, right.length)) return [whole(a), whole(b)];
  const [leftPieces, rightPieces]: [TextPiece[], TextPiece[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const same = i < left.length && j < right.length && left[i] === right[j];
    if (same || j === right.length || (i < left.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      put(leftPieces, left[i++]!, same);
      if (same) put(rightPieces, right[j++]!, same);
    } else put(rightPieces, right[j++]!, same);
  }
  return [leftPieces, rightPieces];
}

function whole(text: string): TextPiece[] {
  return text === '' ? [] : [{ text, same: false }];
}

/** At [i][j]: how many characters the ends of the two texts from there have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        left[i] === right[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}

function put(pieces: TextPiece[], text: string, same: boolean): void {
  const last = pieces.at(-1);
  if (last?.same === same) last.text += text;
  else pieces.push({ text, same });
}
