import { Box, H2, Text } from '@adminjs/design-system';
import type { ReactNode } from 'react';

/** The frame of a tool's page: its name, what it is for, and the rest. */
export function ToolPage({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Box p={['lg', 'xl', 'xxl']}>
      <H2 mb="default">{title}</H2>
      {text ? (
        <Text color="grey60" mb="xl" style={{ lineHeight: 1.7 }}>
          {text}
        </Text>
      ) : null}
      {children}
    </Box>
  );
}
