import type { CSSProperties } from 'react';
import { NumberLink } from './NumberLink';

export type SeatLine = {
  name: string;
  taken: number;
  left: number;
  waiting: number;
  href: string;
};

const COLOURS = { taken: '#1d4f91', left: '#cfdcee', waiting: '#c2571a' };
const number: CSSProperties = { textAlign: 'right', padding: '7px 0 7px 14px', whiteSpace: 'nowrap' };

/** Seats taken, seats left and people waiting, line by line: a table whose bars show how full each is. */
export function SeatsChart({ by, lines }: { by: string; lines: readonly SeatLine[] }) {
  const bar = (line: SeatLine, what: keyof typeof COLOURS) => (
    <span style={{ flexGrow: line[what], flexBasis: 0, background: COLOURS[what] }} />
  );
  return (
    <>
      <p style={{ display: 'flex', gap: 16, margin: '0 0 8px', fontSize: 13, color: '#5b6676' }} aria-hidden>
        <Key colour={COLOURS.taken} text="已占" />
        <Key colour={COLOURS.left} text="剩余" />
        <Key colour={COLOURS.waiting} text="候补" />
      </p>
      <table style={{ width: '100%', borderCollapse: 'collapse', fontSize: 14 }}>
        <thead>
          <tr style={{ color: '#5b6676', fontSize: 13, textAlign: 'left' }}>
            <th scope="col" style={{ fontWeight: 400 }}>
              {by}
            </th>
            <td style={{ width: '34%' }} />
            {['已占', '剩余', '候补'].map((title) => (
              <th key={title} scope="col" style={{ ...number, fontWeight: 400 }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} style={{ borderTop: '1px solid #eef1f5' }}>
              <th
                scope="row"
                style={{ fontWeight: 400, textAlign: 'left', padding: '7px 12px 7px 0', minWidth: '6em' }}
              >
                {line.name}
              </th>
              <td aria-hidden>
                <span style={{ display: 'flex', height: 12, borderRadius: 3, overflow: 'hidden' }}>
                  {bar(line, 'taken')}
                  {bar(line, 'left')}
                  {bar(line, 'waiting')}
                </span>
              </td>
              <td style={number}>
                <NumberLink value={line.taken} href={line.href} label={`${line.name}考点已占`} />
              </td>
              <td style={{ ...number, fontVariantNumeric: 'tabular-nums' }}>
                {line.left === 0 ? '无' : line.left.toLocaleString('zh-CN')}
              </td>
              <td style={number}>
                <NumberLink value={line.waiting} href={line.href} label={`${line.name}考点候补`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Key({ colour, text }: { colour: string; text: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
      <span style={{ width: 12, height: 12, borderRadius: 2, background: colour }} />
      {text}
    </span>
  );
}
