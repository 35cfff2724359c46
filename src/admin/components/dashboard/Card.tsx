import { Box } from '@adminjs/design-system';
import type { ReactNode } from 'react';

/** A white area with a heading. */
export function Card({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <Box as="section" variant="white" p="xl" style={{ borderRadius: 8, minWidth: 0 }}>
      <h3 style={{ fontSize: 18, lineHeight: 1.4, margin: 0 }}>{title}</h3>
      {note ? <p style={{ color: '#5b6676', fontSize: 13, margin: '4px 0 0' }}>{note}</p> : null}
      <div style={{ marginTop: 16 }}>{children}</div>
    </Box>
  );
}
