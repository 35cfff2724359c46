import type { ReactNode } from 'react';

/** Tools stand in the side bar among the rest, each in its group: AdminJS's own list of pages is not shown. */
export default function NoPages(): ReactNode {
  return null;
}
