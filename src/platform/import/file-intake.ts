import { type Reader, Tx } from '../database/unit-of-work.js';
import { turnOfTheLoop } from '../turn-of-the-loop.js';
import { type Columns, columnName, type RowOf } from './column.js';
import { type Fault, repeatedLine } from './fault.js';
import { FaultList } from './fault-list.js';
import type { FileLine } from './file-line.js';
import { fileLines } from './file-lines.js';
import { FirstLines } from './first-lines.js';
import { Header } from './header.js';
import type { Change, HiddenParts, ImportCommand, ImportResult, Intake } from './intake.js';
import { IMPORT_FILE_EMPTY } from './refusals.js';
import { sameValues } from './same-values.js';

/** Nobody else is served while a batch is read, a few milliseconds. */
const BATCH = 200;
/** In characters: 200 lines have some 30,000. */
const LONGEST_BATCH = 200_000;

interface Line<Row> {
  line: number;
  row: Row;
}

/** One reading of one file. */
export class FileIntake<C extends Columns, Stored extends object> {
  private readonly faults = new FaultList();
  private readonly firstLines = new FirstLines();
  private headerUsable = false;
  private readonly hidden: HiddenParts = { lines: 0, columns: [] };
  private readonly counts = { lines: 0, inserted: 0, updated: 0, unchanged: 0 };

  constructor(
    private readonly command: ImportCommand & { sha256: string },
    private readonly intake: Intake<C, Stored>,
  ) {}

  async run(reader: Reader): Promise<ImportResult> {
    const lines = fileLines(this.command.file, this.command.onProgress);
    const first = await lines.next();
    if (first.done) throw IMPORT_FILE_EMPTY();
    const header = new Header(this.intake.columns, first.value, this.faults, this.intake.besides);
    this.headerUsable = header.usable;
    this.hidden.columns = header.namesOf(first.value.hiddenColumns ?? []);
    if (header.usable) {
      for await (const batch of inBatches(lines)) {
        await this.takeIn(reader, header, batch);
        await turnOfTheLoop();
      }
    } else await lines.return(undefined);
    return this.result();
  }

  private async takeIn(reader: Reader, header: Header<C>, batch: readonly FileLine[]): Promise<void> {
    this.counts.lines += batch.length;
    for (const { line, hidden } of batch) if (hidden) this.noteHidden(line);
    const read = batch.flatMap((line) => {
      const row = header.row(line);
      return row && this.isFirst(line.line, row) ? [{ line: line.line, row }] : [];
    });
    if (read.length === 0) return;
    const stored = await this.intake.stored(read.map(({ row }) => row));
    const changes = read.flatMap(
      (line) => this.changeOf(line, stored.get(this.intake.keyOf(line.row))) ?? [],
    );
    if (reader instanceof Tx && changes.length > 0 && this.mayStore) await this.intake.save(reader, changes);
  }

  private noteHidden(line: number): void {
    this.hidden.lines++;
    this.hidden.firstLine ??= line;
  }

  private isFirst(line: number, row: RowOf<C>): boolean {
    const first = this.firstLines.note(this.intake.keyOf(row), line);
    if (first !== undefined) this.refuse(line, this.intake.keyColumn, repeatedLine(first));
    return first === undefined;
  }

  private changeOf({ line, row }: Line<RowOf<C>>, before: Stored | undefined): Change<Stored> | undefined {
    const faultsBefore = this.faults.count;
    this.intake.check?.(row, before, (column, fault) => this.refuse(line, column, fault));
    if (this.faults.count > faultsBefore) return undefined;
    const after = this.intake.merge(row, before);
    if (before && sameValues(before, after)) {
      this.counts.unchanged++;
      return undefined;
    }
    this.counts[before ? 'updated' : 'inserted']++;
    return { before, after };
  }

  private refuse(line: number, column: keyof C & string, fault: Fault): void {
    this.faults.add(line, fault, columnName(this.intake.columns[column]!));
  }

  /** With a fault already found, the rest of the file is only checked. */
  private get mayStore(): boolean {
    return this.faults.count === 0 || this.command.takeGoodLines === true;
  }

  private result(): ImportResult {
    const { lines, inserted, updated, unchanged } = this.counts;
    return {
      sha256: this.command.sha256,
      ...this.counts,
      rejected: lines - inserted - updated - unchanged,
      faultCount: this.faults.count,
      faults: this.faults.kept.toSorted((a, b) => a.line - b.line),
      hidden: this.hidden,
      stored: !this.command.dryRun && this.headerUsable && this.mayStore,
    };
  }
}

async function* inBatches(lines: AsyncGenerator<FileLine>): AsyncGenerator<FileLine[]> {
  let batch: FileLine[] = [];
  let length = 0;
  for await (const line of lines) {
    batch.push(line);
    for (const cell of line.cells) length += cell.length;
    if (batch.length < BATCH && length < LONGEST_BATCH) continue;
    yield batch;
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
