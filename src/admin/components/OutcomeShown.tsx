import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@adminjs/design-system';
import { useState } from 'react';
import type { Outcome } from '../panel/noun-action';
import { ActButton } from './ActButton';
import { type Pending, TakeBack } from './TakeBack';
import { Told } from './Told';

/** What came of an action, where it is more than a sentence; it stays until people go on. */
export function OutcomeShown({ outcome, onBack }: { outcome: Outcome; onBack: () => void }) {
  const { message, facts = [], lines } = outcome;
  const [pending] = useState(() => pendingOf(outcome));
  const [takenBack, setTakenBack] = useState(false);
  return (
    <Box variant="white" p="xl" style={{ borderRadius: 8 }}>
      {takenBack ? (
        <Told as="note">已撤回，没有生效。</Told>
      ) : pending ? (
        <Box mb="lg">
          <TakeBack pending={pending} onTakenBack={() => setTakenBack(true)} />
        </Box>
      ) : message ? (
        <Told as="done">{message}</Told>
      ) : null}
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
      <ActButton variant="contained" onClick={onBack}>
        返回列表
      </ActButton>
    </Box>
  );
}

function pendingOf({ message = '已处理', takeBack }: Outcome): Pending | undefined {
  return takeBack && { ...takeBack, said: message, until: performance.now() + takeBack.seconds * 1000 };
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
