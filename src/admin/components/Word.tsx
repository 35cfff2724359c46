import { Box, ValueGroup } from '@adminjs/design-system';
import { type ShowPropertyProps, useTranslation } from 'adminjs';

type Colour = 'success' | 'danger' | 'info' | 'default';

const COLOURS: Record<Colour, { background: string; color: string }> = {
  success: { background: '#e3f3e8', color: '#17603a' },
  danger: { background: '#fbe5e3', color: '#8a1f17' },
  info: { background: '#e3ecf7', color: '#1d4f91' },
  default: { background: '#e9ecf0', color: '#4a5462' },
};

/** One of few words, in its colour. */
export default function Word({ property, record, resource, where }: ShowPropertyProps & { where?: string }) {
  const { translateProperty } = useTranslation();
  const words = property.custom.words as Record<string, { label: string; colour?: Colour }>;
  const value = record.params[property.path];
  const word = words[String(value)];
  const text = word ? (
    <Box
      as="span"
      style={{
        ...COLOURS[word.colour ?? 'default'],
        display: 'inline-block',
        padding: '2px 10px',
        borderRadius: 12,
        fontSize: 13,
        lineHeight: '20px',
        whiteSpace: 'nowrap',
      }}
    >
      {word.label}
    </Box>
  ) : (
    // a word nobody gave a name to is still there
    (value ?? null)
  );
  if (where === 'list') return text;
  return <ValueGroup label={translateProperty(property.label, resource.id)}>{text}</ValueGroup>;
}
