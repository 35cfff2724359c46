import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { toShanghaiText } from '../../kernel/clock.js';
import type { Bilingual } from '../../kernel/domain-error.js';
import { legible, openTicketFonts, type TicketFonts } from './ticket.fonts.js';
import type { TicketLine, TicketPage } from './ticket.page.js';

/** In points; A4 is 595 by 842. */
const MARGIN = 48;
const WIDTH = 595.28 - 2 * MARGIN;
/** 35 by 45 mm, as identity photographs are. */
const PHOTO = { width: 99, height: 128 };
const LABEL_WIDTH = 100;
const INK = '#1a1a1a';
const GREY = '#666666';
const LINE = '#b8c2cc';
const BAND = '#eef3f8';
const CODED =
  '[U+…] 是本证字体中没有的字的 Unicode 编码 A character that the font of this ticket lacks, by its Unicode number';

/** Draws a ticket on one A4 page: some 50 ms of a processor, so `TicketPrinter` lets a thread do it. */
export class TicketPdf {
  private fonts?: TicketFonts;

  /** @param photo a JPEG; without one the frame says where it goes */
  print(page: TicketPage, photo?: Buffer): Promise<Buffer> {
    // opened at the first ticket and kept: opening costs more than drawing
    this.fonts ??= openTicketFonts();
    return buffer(new Drawing(page, this.fonts, photo).drawn());
  }
}

interface Style {
  size: number;
  bold?: boolean;
  colour?: string;
  width?: number;
  align?: 'left' | 'center' | 'right';
  /** Points between groups of digits, beside the blank. */
  wordSpacing?: number;
}

/** One ticket being drawn, from top to bottom; `y` is where the next thing goes. */
class Drawing {
  private readonly pdf: PDFKit.PDFDocument;
  private y = MARGIN;
  private someIsCoded = false;

  constructor(
    private readonly page: TicketPage,
    private readonly fonts: TicketFonts,
    private readonly picture: Buffer | undefined,
  ) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      lang: 'zh-CN',
      displayTitle: true,
      font: '', // none yet: the default one is not needed
      info: { Title: `${page.title.zh} ${page.number}`, CreationDate: page.printedAt },
    });
    for (const [name, font] of Object.entries(fonts)) this.pdf.registerFont(name, source(font));
  }

  drawn(): PDFKit.PDFDocument {
    const { page } = this;
    this.heading();
    this.numbers();
    const top = this.y;
    this.lines(page.candidate, WIDTH - PHOTO.width - 20);
    this.photo(top + 6);
    this.y = Math.max(this.y, top + PHOTO.height + 12);
    this.lines(page.exam, WIDTH);
    this.notice();
    this.closing();
    this.pdf.end();
    return this.pdf;
  }

  private heading(): void {
    const { title, sitting } = this.page;
    this.say(title.zh, { size: 19, bold: true, align: 'center' });
    this.say(title.en, { size: 10, colour: GREY, align: 'center' });
    this.y += 4;
    this.say(sitting, { size: 11, align: 'center' });
    this.y += 12;
  }

  /** What people look for first: number, room, seat. */
  private numbers(): void {
    const { number, room, seat } = this.page;
    const height = 58;
    this.pdf.rect(MARGIN, this.y, WIDTH, height).fill(BAND);
    const cells: [number, Bilingual, string][] = [
      [MARGIN + 14, { zh: '准考证号', en: 'Ticket number' }, number],
      [MARGIN + WIDTH - 172, { zh: '考场', en: 'Room' }, room],
      [MARGIN + WIDTH - 82, { zh: '座位', en: 'Seat' }, seat],
    ];
    for (const [x, label, value] of cells) {
      this.put(`${label.zh} ${label.en}`, x, this.y + 8, { size: 8.5, colour: GREY });
      this.put(value, x, this.y + 20, { size: 20, bold: true, wordSpacing: 5 });
    }
    this.y += height + 8;
  }

  private lines(lines: readonly TicketLine[], width: number): void {
    for (const { label, value } of lines) {
      const style = this.fitting(value, { size: 12, width: width - LABEL_WIDTH });
      const height = Math.max(32, this.height(value, style) + 12);
      this.put(label.zh, MARGIN, this.y + 4, { size: 10 });
      this.put(label.en, MARGIN, this.y + 17, { size: 7.5, colour: GREY });
      this.put(value, MARGIN + LABEL_WIDTH, this.y + (height - this.height(value, style)) / 2, style);
      this.y += height;
      this.rule(width);
    }
  }

  /** The photograph, cut to the frame. One that cannot be drawn leaves the frame empty: nobody goes without a ticket for it. */
  private photo(y: number): void {
    const x = MARGIN + WIDTH - PHOTO.width;
    const { width, height } = PHOTO;
    const shown = this.picture !== undefined && this.isDrawn(this.picture, x, y);
    this.pdf.rect(x, y, width, height).lineWidth(0.7).stroke(LINE);
    if (shown) return;
    const inside = { colour: GREY, width, align: 'center' } as const;
    this.put('照片', x, y + height / 2 - 14, { size: 11, ...inside });
    this.put('Photo', x, y + height / 2 + 2, { size: 8, ...inside });
  }

  private isDrawn(picture: Buffer, x: number, y: number): boolean {
    const size: [number, number] = [PHOTO.width, PHOTO.height];
    this.pdf
      .save()
      .rect(x, y, ...size)
      .clip();
    try {
      this.pdf.image(picture, x, y, { cover: size, align: 'center', valign: 'center' });
      return true;
    } catch {
      return false;
    } finally {
      this.pdf.restore();
    }
  }

  private notice(): void {
    const { heading, lines } = this.page.notice;
    this.y += 18;
    this.say(heading.zh, { size: 11, bold: true });
    this.say(heading.en, { size: 8, colour: GREY });
    this.y += 6;
    const [top, middle, gap] = [this.y, Math.ceil(lines.length / 2), 24];
    const width = (WIDTH - gap) / 2;
    const bottoms = [lines.slice(0, middle), lines.slice(middle)].map((column, c) => {
      this.y = top;
      for (const [i, line] of column.entries()) {
        const x = MARGIN + c * (width + gap);
        this.put(`${c * middle + i + 1}`, x, this.y, { size: 9.5 });
        this.say(line.zh, { size: 9.5, x: x + 14, width: width - 14 });
        this.say(line.en, { size: 7.5, x: x + 14, width: width - 14, colour: GREY });
        this.y += 3;
      }
      return this.y;
    });
    this.y = Math.max(...bottoms) + 9;
  }

  private closing(): void {
    const { closing, printedAt } = this.page;
    this.rule(WIDTH);
    this.y += 9;
    this.say(closing.zh, { size: 10, bold: true });
    this.say(closing.en, { size: 8, colour: GREY });
    this.y += 8;
    if (this.someIsCoded) this.say(CODED, { size: 8, colour: GREY });
    this.say(`打印时间 Printed ${toShanghaiText(printedAt)}`, { size: 8, colour: GREY });
  }

  private rule(width: number): void {
    this.pdf
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + width, this.y)
      .lineWidth(0.5)
      .stroke(LINE);
  }

  /** Writes at `y`, from the left margin if nothing else is said, and moves `y` below it. */
  private say(text: string, { x = MARGIN, ...style }: Style & { x?: number }): void {
    const inWidth = { width: WIDTH, ...style };
    this.put(text, x, this.y, inWidth);
    this.y += this.height(text, inWidth);
  }

  private put(text: string, x: number, y: number, style: Style): void {
    const { width, align, wordSpacing, colour = INK } = style;
    const shown = this.legible(text, style);
    this.someIsCoded ||= shown.includes('[U+');
    const options = { width, align, wordSpacing, lineBreak: width !== undefined };
    this.inFont(style).fillColor(colour).text(shown, x, y, options);
  }

  private height(text: string, style: Style): number {
    return this.inFont(style).heightOfString(this.legible(text, style), { width: style.width });
  }

  /** Smaller, if it would fill more than three lines: the ticket stays one page, whatever the name. */
  private fitting(text: string, style: Style): Style {
    const sizes = [style.size, 10, 8, 6, 4];
    const size = sizes.find((size) => this.height(text, { ...style, size }) <= 56);
    return { ...style, size: size ?? 4 };
  }

  private legible(text: string, { bold }: Style): string {
    return legible(text, bold ? this.fonts.bold : this.fonts.regular);
  }

  private inFont(style: Style): PDFKit.PDFDocument {
    return this.pdf.font(style.bold ? 'bold' : 'regular').fontSize(style.size);
  }
}

/** PDFKit takes an opened font too, which its types do not know. */
function source(font: TicketFonts['regular']): Buffer {
  return font as unknown as Buffer;
}
