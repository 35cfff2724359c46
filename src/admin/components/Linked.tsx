import { ValueGroup } from '@adminjs/design-system';
import { type ShowPropertyProps, useTranslation } from 'adminjs';
import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';

/** A value that leads to a row of another screen. */
export default function Linked({
  property,
  record,
  resource,
  where,
}: ShowPropertyProps & { where?: string }) {
  const { translateProperty } = useTranslation();
  const text = String(record.params[property.path] ?? '—');
  const href = record.params[`${property.path}@`] as string | undefined;
  const shown = href ? (
    // a click on the line itself would open the line
    <Link to={href} onClick={(event: MouseEvent) => event.stopPropagation()}>
      {text}
    </Link>
  ) : (
    text
  );
  if (where === 'list') return <>{shown}</>;
  return <ValueGroup label={translateProperty(property.label, resource.id)}>{shown}</ValueGroup>;
}
