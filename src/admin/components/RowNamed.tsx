import { Box } from '@adminjs/design-system';
import { type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import { WholeTimes } from './WholeTimes';

/** As many as tell one row from the others. */
const MOST_COLUMNS = 3;

type Words = Record<string, { label: string }> | undefined;

/** Which row an action is about, by the first columns of its list. */
export function RowNamed({ resource, record }: { resource: ResourceJSON; record: RecordJSON }) {
  const { translateProperty } = useTranslation();
  const shown = resource.listProperties
    .map(({ propertyPath, label, custom }) => {
      const text = String(record.params[propertyPath] ?? '—');
      return { label, text: (custom?.words as Words)?.[text]?.label ?? text };
    })
    .filter(({ text }) => text !== '—');
  return (
    <Box
      flex
      flexWrap="wrap"
      mb="lg"
      p="lg"
      style={{ gap: '4px 24px', background: '#f4f6f9', borderRadius: 6 }}
    >
      {shown.slice(0, MOST_COLUMNS).map(({ label, text }) => (
        <span key={label}>
          <Box as="span" color="grey60" mr="default">
            {translateProperty(label, resource.id)}
          </Box>
          <WholeTimes text={text} />
        </span>
      ))}
    </Box>
  );
}
