import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';

const FOLDER = '@expo-google-fonts/noto-sans-sc';

export interface TicketFonts {
  regular: Font;
  bold: Font;
}

/** Reads both weights into memory, 20 MB. */
export function openTicketFonts(): TicketFonts {
  return {
    regular: open(`${FOLDER}/400Regular/NotoSansSC_400Regular.ttf`),
    bold: open(`${FOLDER}/700Bold/NotoSansSC_700Bold.ttf`),
  };
}

function open(file: string): Font {
  const font = openSync(createRequire(import.meta.url).resolve(file));
  if (!('layout' in font)) throw new Error(`${file} is a collection of fonts, not a font`);
  return font;
}

/**
 * The text with each character the font lacks as its Unicode number, `[U+20BB7]`: somebody can look that up, and
 * nobody can look up a blank. Characters that are never visible (variation selectors) go.
 */
export function legible(text: string, font: Pick<Font, 'hasGlyphForCodePoint'>): string {
  return Array.from(text, (character) => {
    const codePoint = character.codePointAt(0)!;
    if (font.hasGlyphForCodePoint(codePoint)) return character;
    if (/\p{Default_Ignorable_Code_Point}/u.test(character)) return '';
    return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
}
