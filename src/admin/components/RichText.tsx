import { Box, RichTextEditor } from '@adminjs/design-system';
import { useRef } from 'react';

/**
 * The editor of AdminJS, which draws its buttons as pictures only and offers what a notice cannot keep: `panel.style.ts`
 * names those that are of use in Chinese and hides the rest.
 */
export function RichText({ value, onChange }: { value: string; onChange: (html: string) => void }) {
  // it keeps the first function it was given, which knows the form as it was then
  const latest = useRef(onChange);
  latest.current = onChange;
  const changed = (html: string) => latest.current(html === '<p></p>' ? '' : html);
  return (
    <Box className="rich-text">
      <RichTextEditor value={value} onChange={changed} options={{}} />
    </Box>
  );
}
