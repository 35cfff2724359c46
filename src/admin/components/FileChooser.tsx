import { Box, Button, Text } from '@adminjs/design-system';
import type { ChangeEvent } from 'react';

/** A button to choose a file by, and the name of the one chosen: the browser's own speaks the browser's language. */
export function FileChooser({
  id,
  accept,
  disabled = false,
  chosen,
  onChoose,
}: {
  id?: string;
  accept: string;
  disabled?: boolean;
  chosen: string | undefined;
  onChoose: (file: File | undefined) => void;
}) {
  return (
    <Box flex alignItems="center" style={{ gap: 16 }}>
      <Button
        as="label"
        variant={chosen ? 'outlined' : 'contained'}
        disabled={disabled}
        style={{ cursor: 'pointer', position: 'relative' }}
      >
        选择文件
        <input
          id={id}
          type="file"
          accept={accept}
          disabled={disabled}
          aria-label="选择文件"
          style={{ position: 'absolute', inset: 0, width: '100%', opacity: 0, cursor: 'pointer' }}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            onChoose(event.target.files?.[0]);
            // so that the same file, mended, can be chosen again
            event.target.value = '';
          }}
        />
      </Button>
      <Text color={chosen ? 'text' : 'grey60'}>{chosen ?? '还没有选择文件'}</Text>
    </Box>
  );
}
