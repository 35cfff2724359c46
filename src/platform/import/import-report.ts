import type { Bilingual } from '../../kernel/domain-error.js';
import type { HiddenParts, ImportResult } from './intake.js';

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

/** What people should know of a file although nothing is wrong with it. */
export function notesOn({ hidden }: { hidden: HiddenParts }): Bilingual[] {
  const { lines, firstLine, columns } = hidden;
  const notes: Bilingual[] = [];
  if (lines > 0)
    notes.push({
      zh: `工作表中有 ${lines} 行被隐藏或筛选掉（第一处在第 ${firstLine} 行），这些行也会导入；不需要的请在文件中删除`,
      en: `${lines} rows of the sheet are hidden or filtered out (the first is row ${firstLine}); they are read like the others, so delete what is not meant`,
    });
  if (columns.length > 0)
    notes.push({
      zh: `工作表中被隐藏的列也会导入：${columns.join('、')}`,
      en: `Hidden columns of the sheet are read like the others: ${columns.join(', ')}`,
    });
  return notes;
}

/** The counts, and whether anything was stored. */
export function summary(result: ImportResult, dryRun: boolean): string {
  const { lines, inserted, updated, unchanged, rejected, stored } = result;
  const notes = notesOn(result).map(({ zh, en }) => `\n${zh} · ${en}`);
  const counts =
    `共 ${lines} 行：新增 ${inserted}，更新 ${updated}，未变 ${unchanged}，有误 ${rejected} · ` +
    `${lines} lines: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected${notes.join('')}`;
  if (dryRun) return `${counts}\n试运行，没有存入任何数据 · Dry run: nothing was stored`;
  if (stored) return counts;
  return `${counts}\n文件有误，没有存入任何数据；只导入无误的行请加 --take-good-lines · The file has faults: nothing was stored. --take-good-lines takes the good lines`;
}
