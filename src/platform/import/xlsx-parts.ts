import sax, { type SAXParser } from 'sax';
import { DAYS } from '../../kernel/clock.js';
import { columnOf } from './cell-reference.js';
import { isFormulaError } from './cells.js';
import { cutOff, FILE_LIMITS } from './file-limits.js';
import type { FileLine } from './file-line.js';
import type { MergedCells } from './merged-cells.js';
import { WORKBOOK_BROKEN, WORKBOOK_TOO_LARGE } from './refusals.js';

/** Who listens while a part of a workbook is read. Names come without the prefix that some programs write. */
export interface XmlReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** `position`: without it sax lets a text or a name grow as long as the file. */
const STRICTLY = { position: true, strictEntities: true };
/** The parser remembers each element that is open; a sheet has some six within one another. */
const DEEPEST = 50;
/** Of one element; a worksheet names its namespaces in some twenty. */
const MOST_ATTRIBUTES = 100;

/**
 * A parser that reads piece by piece, in little memory whatever the piece says. It knows no entities but XML's own, and
 * opens nothing outside. It throws WORKBOOK_BROKEN where elements nest deeper, or have more attributes, than any
 * workbook's.
 */
export function xmlParser(reader: XmlReader): SAXParser {
  const parser = sax.parser(true, STRICTLY);
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  let [depth, attributesOfTag] = [0, 0];
  parser.onattribute = () => {
    if (++attributesOfTag > MOST_ATTRIBUTES) throw WORKBOOK_BROKEN();
  };
  parser.onopentag = ({ name, attributes }) => {
    if (++depth > DEEPEST) throw WORKBOOK_BROKEN();
    attributesOfTag = 0;
    reader.open?.(bare(name), attributes as Record<string, string>);
  };
  parser.ontext = (text) => reader.text?.(text);
  parser.oncdata = (text) => reader.text?.(text);
  parser.onclosetag = (name) => {
    depth--;
    reader.close?.(bare(name));
  };
  parser.onerror = (error) => {
    throw error;
  };
  return parser;
}

/** `xl/workbook.xml` and its relations, read in this order: where the parts are. */
export class WorkbookParts implements XmlReader {
  /** Are days counted from 1904, as old Macs do? */
  beginsIn1904 = false;
  private firstSheet?: string;
  private readonly byId = new Map<string, string>();
  private readonly byKind = new Map<string, string>();

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'workbookPr') this.beginsIn1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
    if (name === 'sheet' && !/hidden/i.test(attributes.state ?? ''))
      this.firstSheet ??= relationOf(attributes);
    if (name !== 'Relationship') return;
    const { Id = '', Type = '', Target = '' } = attributes;
    const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`;
    this.byId.set(Id, path);
    this.byKind.set(Type.slice(Type.lastIndexOf('/') + 1), path);
  }

  get sheet(): string | undefined {
    return this.byId.get(this.firstSheet ?? '');
  }
  get sharedTexts(): string | undefined {
    return this.byKind.get('sharedStrings');
  }
  get styles(): string | undefined {
    return this.byKind.get('styles');
  }
}

function relationOf(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1];
}

/** More than Excel lets anybody type into a cell. */
const LONGEST_TEXT = 40_000;
/** Excel takes no longer one. */
const LONGEST_FORMAT = 255;

/** The text of one element, its runs joined; the pinyin that Excel can put above Chinese is not part of it. */
class ElementText {
  private text = '';
  private inText = false;
  private inPinyin = false;

  begin(): void {
    this.text = '';
  }
  open(name: string): void {
    if (name === 'rPh') this.inPinyin = true;
    if (name === 't' || name === 'v') this.inText = !this.inPinyin;
  }
  add(text: string): void {
    if (!this.inText) return;
    this.text += text;
    if (this.text.length > LONGEST_TEXT) throw WORKBOOK_BROKEN();
  }
  close(name: string): void {
    if (name === 'rPh') this.inPinyin = false;
    if (name === 't' || name === 'v') this.inText = false;
  }
  get value(): string {
    // a text that many cells share is walked through for each of them
    if (this.text.trim() === '') return '';
    // what XML cannot hold, and `_` before what looks like it
    return cutOff(this.text).replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
}

/** Fifteen cells each of a hundred thousand students, and as much again. */
const MOST_SHARED_TEXTS = 3_000_000;

/** `sharedStrings.xml`: the texts that cells point at. */
export class SharedTexts implements XmlReader {
  private readonly texts: string[] = [];
  private readonly current = new ElementText();

  open(name: string): void {
    if (name === 'si') this.current.begin();
    this.current.open(name);
  }
  text(text: string): void {
    this.current.add(text);
  }
  close(name: string): void {
    this.current.close(name);
    if (name !== 'si') return;
    if (this.texts.push(this.current.value) > MOST_SHARED_TEXTS) throw WORKBOOK_TOO_LARGE();
  }

  at(index: number): string {
    const text = this.texts[index];
    if (text === undefined) throw WORKBOOK_BROKEN();
    return text;
  }
}

/** How a number is shown, as far as it changes what people read: as a time, or with leading noughts. */
type NumberForm = 'TIME' | { digits: number } | undefined;

/** `styles.xml`: the forms of numbers. */
export class NumberForms implements XmlReader {
  private readonly codes = new Map<number, string>();
  private readonly forms: NumberForm[] = [];
  private inCellForms = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'cellXfs') this.inCellForms = true;
    const id = Number(attributes.numFmtId);
    if (name === 'numFmt') this.codes.set(id, (attributes.formatCode ?? '').slice(0, LONGEST_FORMAT));
    if (name === 'xf' && this.inCellForms) this.forms.push(this.formOf(id));
  }
  close(name: string): void {
    if (name === 'cellXfs') this.inCellForms = false;
  }

  of(style: string | undefined): NumberForm {
    return style === undefined ? undefined : this.forms[Number(style)];
  }

  private formOf(id: number): NumberForm {
    const code = this.codes.get(id);
    if (code === undefined) return isTimeFormat(id) ? 'TIME' : undefined;
    if (/^0{2,}$/.test(code)) return { digits: code.length };
    const bare = code.replace(/"[^"]*"|\\.|\[[^[\]]*\]/g, '');
    return /[ymdhs年月日]/i.test(bare) && !/general/i.test(bare) ? 'TIME' : undefined;
  }
}

/** Numbers of formats that stand in no file: dates and times, those of Chinese Excel included. */
function isTimeFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Beyond it stands at most what somebody left there; and a line reaching to column XFD is 16,384 cells long. */
const MOST_COLUMNS = FILE_LIMITS.columns;
/** Excel keeps fifteen digits of a number; a longer one has lost its end. */
const MOST_EXACT = 1e15;

/** Of a formula without a result that can be shown. */
const FAILED = '#N/A';

/** A row or column that people do not see: hidden, filtered out, or drawn together to nothing. */
function isHidden({ hidden = '', ht, width }: Readonly<Record<string, string>>): boolean {
  return /^(1|true)$/.test(hidden) || Number(ht ?? 1) === 0 || Number(width ?? 1) === 0;
}

/** A sheet: its lines, as they are read. Empty ones are left out. */
export class SheetLines implements XmlReader {
  private lines: FileLine[] = [];
  private line = 0;
  private column = -1;
  private cells: string[] = [];
  private times: number[] = [];
  private type: string | undefined;
  private form: NumberForm;
  private hasFormula = false;
  private hidden = false;
  private columnsTold = 0;
  private readonly hiddenColumns = new Set<number>();
  private readonly current = new ElementText();

  constructor(
    private readonly texts: SharedTexts,
    private readonly forms: NumberForms,
    private readonly merged: MergedCells,
    private readonly beginsIn1904: boolean,
  ) {}

  /** The lines read since the last time. */
  take(): FileLine[] {
    const taken = this.lines;
    this.lines = [];
    return taken;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { r, t, s } = attributes;
    if (name === 'row') {
      this.line = r === undefined ? this.line + 1 : Number(r);
      this.column = -1;
      this.cells = [];
      this.times = [];
      this.hidden = isHidden(attributes);
    } else if (name === 'c') {
      this.column = r === undefined ? this.column + 1 : columnOf(r);
      this.type = t;
      this.form = this.forms.of(s);
      this.hasFormula = false;
      this.current.begin();
    } else if (name === 'f') this.hasFormula = true;
    else if (name === 'col') this.noteColumns(attributes);
    else this.current.open(name);
  }
  text(text: string): void {
    this.current.add(text);
  }
  close(name: string): void {
    if (name === 'c') this.put(this.shown(this.current.value));
    else if (name === 'row') this.endRow();
    else this.current.close(name);
  }

  private endRow(): void {
    const mergedAcross = this.merged.complete(this.line, this.cells, MOST_COLUMNS);
    if (this.cells.length === 0) return;
    this.lines.push({
      line: this.line,
      cells: Array.from(this.cells, (cell) => cell ?? ''),
      ...(this.hidden ? { hidden: true } : {}),
      ...(mergedAcross.length > 0 ? { mergedAcross } : {}),
      ...(this.times.length > 0 ? { times: this.times } : {}),
      ...(this.hiddenColumns.size > 0 ? { hiddenColumns: [...this.hiddenColumns] } : {}),
    });
    this.hiddenColumns.clear();
  }

  private noteColumns(attributes: Readonly<Record<string, string>>): void {
    if (!isHidden(attributes) || ++this.columnsTold > MOST_COLUMNS) return;
    const last = Math.min(Number(attributes.max), MOST_COLUMNS);
    for (let column = Number(attributes.min); column <= last; column++) this.hiddenColumns.add(column - 1);
  }

  private put(text: string): void {
    if (text.trim() !== '') this.cells[Math.min(this.column, MOST_COLUMNS)] = text;
  }

  private shown(text: string): string {
    if (this.type === 'e') return isFormulaError(text) ? text : FAILED;
    // a program wrote it and nobody has calculated it yet; a formula that gives an empty text says `str`
    if (this.hasFormula && text === '' && this.type !== 'str') return FAILED;
    if (this.type === 's') return this.texts.at(Number(text));
    if (this.type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    if ((this.type !== undefined && this.type !== 'n') || text === '') return text;
    const number = Number(text);
    if (Number.isNaN(number)) return text;
    if (this.form === 'TIME') {
      if (this.column < MOST_COLUMNS) this.times.push(this.column);
      return timeOf(number, this.beginsIn1904);
    }
    if (Math.abs(number) >= MOST_EXACT) return number.toExponential();
    const digits = String(Number(number.toPrecision(15)));
    return this.form && Number.isInteger(number) ? digits.padStart(this.form.digits, '0') : digits;
  }
}

/** Days since the end of 1899 (or of 1903), as `2026-12-12 09:00`. */
function timeOf(days: number, from1904: boolean): string {
  const begin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const time = new Date(begin + Math.round(days * DAYS));
  if (Number.isNaN(time.getTime())) return String(days);
  const text = time.toISOString().slice(0, 16).replace('T', ' ');
  return text.endsWith(' 00:00') ? text.slice(0, 10) : text;
}
