import type { ImportResult } from './intake.js';

/** What became of a file, for people: a line for each fault, and the sum. */
export function faultLines({ faults, faultCount }: ImportResult): string[] {
  const lines = faults.map(({ line, column, code, message }) => {
    const place = column ? `第 ${line} 行 line ${line}, ${column}` : `第 ${line} 行 line ${line}`;
    return `${place}: ${code} ${message.zh} · ${message.en}`;
  });
  const untold = faultCount - faults.length;
  return untold > 0
    ? [...lines, `另有 ${untold} 处错误未列出 · ${untold} more faults are not listed`]
    : lines;
}

/** The counts, and whether anything was stored. */
export function summary(result: ImportResult, dryRun: boolean): string {
  const { lines, inserted, updated, unchanged, rejected, stored } = result;
  const counts =
    `共 ${lines} 行：新增 ${inserted}，更新 ${updated}，未变 ${unchanged}，有误 ${rejected} · ` +
    `${lines} lines: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`;
  if (dryRun) return `${counts}\n试运行，没有存入任何数据 · Dry run: nothing was stored`;
  if (stored) return counts;
  return `${counts}\n文件有误，没有存入任何数据；只导入无误的行请加 --take-good-lines · The file has faults: nothing was stored. --take-good-lines takes the good lines`;
}
