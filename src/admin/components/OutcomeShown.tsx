import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@adminjs/design-system';
import { useState } from 'react';
import type { Outcome } from '../panel/noun-action';
import { Told } from './Told';

/** What came of an action, where it is more than a sentence; it stays until people go on. */
export function OutcomeShown({ outcome, onBack }: { outcome: Outcome; onBack: () => void }) {
  const { message, facts = [], lines } = outcome;
  return (
    <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
      {message ? <Told as="done">{message}</Told> : null}
      {facts.map((fact) => (
        <FactShown key={fact.label} {...fact} />
      ))}
      {lines && lines.rows.length > 0 ? (
        <Box mt="lg" mb="lg" style={{ overflowX: 'auto' }}>
          <Table>
            <TableHead>
              <TableRow>
                {lines.columns.map((column) => (
                  <TableCell key={column}>{column}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {lines.rows.map((row) => (
                <TableRow key={row.join('\n')}>
                  {row.map((cell, i) => (
                    <TableCell key={lines.columns[i]}>{cell}</TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
      ) : null}
      <Button type="button" variant="contained" onClick={onBack}>
        返回列表
      </Button>
    </Box>
  );
}

function FactShown({ label, value, copy }: { label: string; value: string; copy?: boolean }) {
  const [copied, setCopied] = useState(false);
  const toClipboard = () => void navigator.clipboard.writeText(value).then(() => setCopied(true));
  return (
    <Box mb="lg">
      <Box color="grey60" mb="sm">
        {label}
      </Box>
      <Box flex alignItems="center" style={{ gap: 12 }}>
        <code style={{ wordBreak: 'break-all', userSelect: 'all', fontSize: 15 }}>{value}</code>
        {copy ? (
          <Button type="button" size="sm" onClick={toClipboard}>
            {copied ? '已复制' : '复制'}
          </Button>
        ) : null}
      </Box>
    </Box>
  );
}
