import { NumberLink } from './NumberLink';

export type Figure = { label: string; value: number; unit: string; href: string };

/** A few numbers of one kind, each with a bar to compare it by. */
export function FigureBars({ figures, colour }: { figures: readonly Figure[]; colour: string }) {
  const most = Math.max(1, ...figures.map(({ value }) => value));
  return (
    <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {figures.map(({ label, value, unit, href }) => (
        <li key={label} style={{ padding: '6px 0' }}>
          <span style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
            <span>{label}</span>
            <span style={{ whiteSpace: 'nowrap' }}>
              <strong>
                <NumberLink value={value} href={href} label={label} />
              </strong>{' '}
              <span style={{ color: '#5b6676' }}>{unit}</span>
            </span>
          </span>
          <span
            style={{ display: 'block', height: 8, borderRadius: 3, background: '#eef1f5', marginTop: 4 }}
            aria-hidden
          >
            <span
              style={{
                display: 'block',
                height: 8,
                borderRadius: 3,
                width: `${(value / most) * 100}%`,
                background: colour,
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
