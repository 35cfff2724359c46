import { type CellStyle, writeXlsx } from 'hucre/xlsx';
import type { Columns } from './column.js';

/** What a template says of one column besides its name. */
export interface TemplateColumn {
  example: string;
  /** What may stand in it, in a few words. */
  meaning: string;
}

const LAST_ROW = 200_000;
const HEADING: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E3ECF7' } },
};

/**
 * A workbook to fill in: one sheet with nothing but the header, its columns as text so that Excel changes no number,
 * with lists to choose from; and a second one that explains the columns and shows a line filled in. Only the first sheet
 * of a file is read, so nobody's example becomes a student.
 */
export async function templateWorkbook<C extends Columns>(
  name: string,
  columns: C,
  told: { readonly [K in keyof C]: TemplateColumn },
): Promise<Buffer> {
  const all = Object.entries(columns).map(([key, column]) => ({ ...column, ...told[key]! }));
  const bytes = await writeXlsx({
    sheets: [
      {
        name,
        columns: all.map(({ zh, example }) => ({ width: widthOf(zh, example), style: { numFmt: '@' } })),
        rows: [all.map(({ zh, required }) => (required ? `*${zh}` : zh))],
        cells: new Map(all.map((_, i) => [`0,${i}`, { style: HEADING }])),
        freezePane: { rows: 1 },
        dataValidations: all.flatMap(({ read, zh }, i) =>
          read.choices
            ? [
                {
                  type: 'list' as const,
                  values: [...read.choices],
                  allowBlank: true,
                  showErrorMessage: false,
                  inputTitle: zh,
                  range: `${letterOf(i)}2:${letterOf(i)}${LAST_ROW}`,
                },
              ]
            : [],
        ),
      },
      {
        name: '填写说明',
        columns: [{ width: 16 }, { width: 8 }, { width: 60 }, { width: 28 }],
        rows: [
          ['列名', '必填', '说明', '示例'],
          ...all.map(({ zh, required, meaning, example, read }) => [
            zh,
            required ? '是' : '',
            read.choices ? `${meaning}：${read.choices.join('、')}` : meaning,
            example,
          ]),
        ],
      },
    ],
  });
  return Buffer.from(bytes);
}

/** A Chinese character is two wide. */
function widthOf(...texts: string[]): number {
  return Math.max(10, ...texts.map((text) => text.replace(/[^ -~]/g, '**').length + 3));
}

function letterOf(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : letterOf(Math.floor(column / 26) - 1) + letterOf(column % 26);
}
