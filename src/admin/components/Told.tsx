import { Box } from '@adminjs/design-system';
import type { ReactNode } from 'react';

const LOOKS = {
  done: { background: '#e3f3e8', color: '#17603a' },
  refused: { background: '#fbe5e3', color: '#8a1f17' },
  warning: { background: '#fdf3dc', color: '#6b4a05' },
  note: { background: '#e3ecf7', color: '#1d4f91' },
};

/** Something people are told, in a box of its colour. */
export function Told({ as, children }: { as: keyof typeof LOOKS; children: ReactNode }) {
  return (
    <Box
      role={as === 'refused' ? 'alert' : 'status'}
      mb="lg"
      style={{ ...LOOKS[as], padding: '12px 16px', borderRadius: 6, lineHeight: 1.6, whiteSpace: 'pre-line' }}
    >
      {children}
    </Box>
  );
}
