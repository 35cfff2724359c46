import { Link } from 'react-router-dom';

/** A number of rows, leading to them. */
export function NumberLink({ value, href, label }: { value: number; href: string; label: string }) {
  const text = value.toLocaleString('zh-CN');
  if (value === 0) return <span style={{ fontVariantNumeric: 'tabular-nums' }}>0</span>;
  return (
    <Link
      to={href}
      aria-label={`${label}${text}，查看明细`}
      style={{ color: 'inherit', textDecorationColor: '#9fb6d6', fontVariantNumeric: 'tabular-nums' }}
    >
      {text}
    </Link>
  );
}
