/** `2026年下半年全国大学英语四、六级考试` for 262. */
export function usualSittingName(number: number): string {
  return `20${Math.trunc(number / 10)}年${number % 10 === 1 ? '上' : '下'}半年全国大学英语四、六级考试`;
}
